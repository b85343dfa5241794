/** The demo's spec files by name. Taxonomy and prompts are Callsheet's own defaults. */
export const DEMO_SPECS: Readonly<Record<string, string>> = {
  'library.yaml': `# Where the library is, and who judges and makes images. "local" needs no key and no network.
apiVersion: callsheet.dev/v1
kind: Library
metadata:
  name: demo
spec:
  actors: file:data/actor_manifests/{actor}.json
  manifests: file:data/actors/{actor}/training_data/manifest.json
  images: file:data/actors/{actor}/training_data/images/
  state: file:state
  evaluator:
    provider: local
  generator:
    provider: local
`,
  'film.yaml': `# Actors who are filmed: mostly photographs.
apiVersion: callsheet.dev/v1
kind: Distribution
metadata:
  name: film
spec:
  selector:
    types: [film]
  total: 20
  categories:
    photorealistic: { share: 65 }
    bw_stylized: { share: 20 }
    color_stylized: { share: 15 }
`,
  'animation.yaml': `# Characters who are drawn: half of the set in colour.
apiVersion: callsheet.dev/v1
kind: Distribution
metadata:
  name: animation
spec:
  selector:
    types: [animation]
  total: 12
  categories:
    photorealistic: { share: 25 }
    bw_stylized: { share: 25 }
    color_stylized: { share: 50 }
`,
};
