import { answerRequests } from '../../runtime/worker-pool.ts';
import { drawPicture } from './draw-picture.ts';

answerRequests(drawPicture);
