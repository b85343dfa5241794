// Generated from schemas/ by scripts/generate-validators.ts. Do not edit.
import ucs2lengthModule from 'ajv/dist/runtime/ucs2length.js';

export const isPlan = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://callsheet.dev/schemas/v1/plan.schema.json","title":"Plan","description":"Everything that an apply will do, and why. Written by `callsheet plan`; not meant to be edited. Readers refuse another major `formatVersion` and ignore fields that they do not know.","type":"object","required":["formatVersion","id","createdAt","digest","source","tool","evaluator","generator","selection","summary","guards","types","actors"],"properties":{"formatVersion":{"description":"Version of this format: major and minor.","type":"string","pattern":"^1\\.\\d+$","examples":["1.0"]},"id":{"description":"Names the plan.","type":"string","pattern":"^[A-Za-z0-9][-A-Za-z0-9_.]*$","maxLength":128},"createdAt":{"description":"When it was made: RFC 3339, UTC.","type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},"digest":{"description":"SHA-256, in hex, over the canonical JSON of the plan without `id`, `createdAt` and `digest`, every element of `actors` replaced by the SHA-256 of its own canonical JSON. Tells whether the file was edited.","type":"string","pattern":"^[0-9a-f]{64}$"},"source":{"$ref":"#/$defs/source"},"tool":{"description":"Version of the program that made the plan.","type":"string"},"evaluator":{"description":"Whose evaluations it rests on: names the model, its prompt and the taxonomy.","type":"string"},"generator":{"description":"Who would make the new pictures.","type":"string"},"selection":{"$ref":"#/$defs/selection"},"summary":{"$ref":"#/$defs/summary"},"guards":{"description":"What was checked for the plan as a whole.","type":"array","items":{"$ref":"#/$defs/guard"}},"types":{"description":"Sums by actor type, in order of the type's name.","type":"array","items":{"$ref":"#/$defs/type"}},"actors":{"description":"One plan for each actor, in order of the actor's id.","type":"array","items":{"$ref":"#/$defs/actor"}},"base":{"$ref":"#/$defs/base"}},"$defs":{"source":{"description":"The specs that the plan follows.","type":"object","required":["kind","revision","specDigest"],"properties":{"kind":{"description":"Where the specs were read from.","enum":["directory","git"]},"revision":{"description":"A content digest of the specs, or branch and commit such as `main@sha1:…`.","type":"string"},"dirty":{"description":"The working tree held changes that were not committed.","type":"boolean"},"specDigest":{"description":"Digest of the specs as they were understood: equal for specs that mean the same.","type":"string"},"commit":{"description":"Of a directory in a git working tree: the commit that was checked out.","type":"string"}}},"selection":{"description":"Which actors were asked for. A plan of a part says so.","type":"object","required":["refresh"],"properties":{"actors":{"description":"Ids of actors; absent: all.","type":"array","items":{"description":"An actor's id.","type":"string"}},"types":{"description":"Actor types; absent: all.","type":"array","items":{"description":"An actor type.","type":"string"}},"refresh":{"description":"False when no paid call was allowed: images that nobody has evaluated yet stay unknown.","type":"boolean"}}},"cost":{"description":"US dollars.","type":"object","required":["estimateUsd","maximumUsd","known"],"properties":{"estimateUsd":{"description":"If every picture is accepted at once.","type":"number","minimum":0},"maximumUsd":{"description":"If every picture takes all its attempts.","type":"number","minimum":0},"known":{"description":"False when a price is unknown; such a plan cannot be applied.","type":"boolean"}}},"base":{"description":"What is the doing of this change of the specs, when it was compared with an earlier revision of them.","type":"object","required":["revision","specDigest","actors"],"properties":{"revision":{"description":"The earlier revision, as in `source`.","type":"string"},"specDigest":{"description":"Digest of the earlier specs.","type":"string"},"actors":{"description":"Actors that have something to do with either of the specs, in order of their ids.","type":"array","items":{"$ref":"#/$defs/effect"}}}},"effect":{"description":"What the change does to one actor.","type":"object","required":["actor","effect"],"properties":{"actor":{"description":"The actor's id.","type":"string","minLength":1},"effect":{"description":"`changed-by-this`: without the change, something else would be done about it, or nothing; `drift`: the same would be done without the change; `settled`: without the change something would be done, with it nothing.","enum":["changed-by-this","drift","settled"]},"without":{"description":"Actions there would be without the change.","type":"object","required":["adopt","forget","restore","generate","delete"],"properties":{"adopt":{"description":"Orphans to take in.","type":"integer","minimum":0},"forget":{"description":"Dead manifest entries to drop.","type":"integer","minimum":0},"restore":{"description":"Images to bring back from the trash.","type":"integer","minimum":0},"generate":{"description":"Pictures to have made.","type":"integer","minimum":0},"delete":{"description":"Images to move to the trash.","type":"integer","minimum":0}}}}},"summary":{"description":"Sums over all actors. Actions of suspended actors are not counted: they are not applied.","type":"object","required":["adopt","forget","restore","generate","delete","actors","images","byStatus","cost"],"properties":{"adopt":{"description":"Orphans to take in.","type":"integer","minimum":0},"forget":{"description":"Dead manifest entries to drop.","type":"integer","minimum":0},"restore":{"description":"Images to bring back from the trash.","type":"integer","minimum":0},"generate":{"description":"Pictures to have made.","type":"integer","minimum":0},"delete":{"description":"Images to move to the trash.","type":"integer","minimum":0},"actors":{"description":"Actors in the plan.","type":"integer","minimum":0},"images":{"description":"Images in their sets now.","type":"integer","minimum":0},"byStatus":{"description":"Actors by status.","type":"object","required":["balanced","changes","unreachable","incomplete","suspended","unmanaged","error"],"properties":{"balanced":{"description":"Nothing to do.","type":"integer","minimum":0},"changes":{"description":"Has actions.","type":"integer","minimum":0},"unreachable":{"description":"Pins, uncertain images or missing prompts keep the target out of reach.","type":"integer","minimum":0},"incomplete":{"description":"Some images are unknown.","type":"integer","minimum":0},"suspended":{"description":"Planned, but not applied.","type":"integer","minimum":0},"unmanaged":{"description":"No distribution matches.","type":"integer","minimum":0},"error":{"description":"Could not be planned.","type":"integer","minimum":0}}},"cost":{"description":"What applying it would cost.","$ref":"#/$defs/cost"}}},"guard":{"description":"One check of the plan as a whole.","type":"object","required":["name","result","message"],"properties":{"name":{"description":"Names the check: `max-deletes`, `max-delete-share`, `min-usable`, `target-zero`, `distribution-removed`, `re-evaluation`, `price`, `budget`.","type":"string","minLength":1},"result":{"description":"`deny` keeps the plan from being applied until a person lifts it.","enum":["pass","warn","deny"]},"message":{"description":"What was found, against which bound.","type":"string"},"actors":{"description":"The actors that trip it, when it is about single actors.","type":"array","items":{"description":"An actor's id.","type":"string"}}}},"type":{"description":"Sums over the actors of one type that a distribution matches.","type":"object","required":["type","actors","changed","adopt","forget","restore","generate","delete","categories","cost"],"properties":{"type":{"description":"The actor type.","type":"string"},"actors":{"description":"Actors of the type.","type":"integer","minimum":0},"changed":{"description":"Those that would change.","type":"integer","minimum":0},"adopt":{"description":"Orphans to take in.","type":"integer","minimum":0},"forget":{"description":"Dead manifest entries to drop.","type":"integer","minimum":0},"restore":{"description":"Images to bring back from the trash.","type":"integer","minimum":0},"generate":{"description":"Pictures to have made.","type":"integer","minimum":0},"delete":{"description":"Images to move to the trash.","type":"integer","minimum":0},"categories":{"description":"Images by category.","type":"array","items":{"$ref":"#/$defs/categoryCounts"}},"cost":{"description":"What applying this part would cost.","$ref":"#/$defs/cost"}}},"categoryCounts":{"description":"Images of one category.","type":"object","required":["category","title","before","target","after"],"properties":{"category":{"description":"The category's name.","type":"string"},"title":{"description":"Its title, for people.","type":"string"},"before":{"description":"Images now.","type":"integer","minimum":0},"target":{"description":"Images the distribution asks for.","type":"integer","minimum":0},"after":{"description":"Images after the plan; inside the tolerance this may differ from `target`.","type":"integer","minimum":0},"band":{"description":"Of a single actor: the counts inside the tolerance, both ends included.","type":"object","required":["low","high"],"properties":{"low":{"description":"The fewest.","type":"integer","minimum":0},"high":{"description":"The most.","type":"integer","minimum":0}}}}},"actor":{"description":"The plan for one actor.","type":"object","required":["actor","type","status","total","categories","unknown","unreadable","actions","notes","cost"],"properties":{"actor":{"description":"The actor's id.","type":"string","minLength":1},"name":{"description":"The actor's name.","type":"string"},"type":{"description":"The actor's type.","type":"string"},"status":{"description":"`balanced`: nothing to do; `changes`: has actions; `unreachable`: pins, uncertain images or missing prompts keep the target out of reach; `incomplete`: some images are unknown; `suspended`: planned, but not applied; `unmanaged`: no distribution matches; `error`: could not be planned.","enum":["balanced","changes","unreachable","incomplete","suspended","unmanaged","error"]},"distribution":{"description":"Name of the distribution that holds for it; absent when none does.","type":"string"},"fingerprint":{"description":"Digest of what was observed; an apply refuses the actor when it has changed.","type":"string","pattern":"^[0-9a-f]{64}$"},"targetDigest":{"description":"Digest of the desired state.","type":"string","pattern":"^[0-9a-f]{64}$"},"total":{"description":"Images of the set.","type":"object","required":["before","target","after"],"properties":{"before":{"description":"Now.","type":"integer","minimum":0},"target":{"description":"Asked for.","type":"integer","minimum":0},"after":{"description":"After the plan.","type":"integer","minimum":0}}},"categories":{"description":"By category, in the order of the taxonomy.","type":"array","items":{"$ref":"#/$defs/categoryCounts"}},"unknown":{"description":"Images of the set that hold a slot and whose category nobody knows.","type":"integer","minimum":0},"unreadable":{"description":"Images of the set that cannot be decoded and hold no slot.","type":"integer","minimum":0},"actions":{"description":"In the order in which an apply does them.","type":"array","items":{"$ref":"#/$defs/action"}},"notes":{"description":"For people: what was odd, what stays out of reach and why.","type":"array","items":{"description":"One remark.","type":"object","required":["code","message"],"properties":{"code":{"description":"Names the kind of remark.","type":"string","minLength":1},"message":{"description":"The remark, as a sentence.","type":"string"},"image":{"description":"The image it is about.","type":"string"}}}},"cost":{"description":"What applying it would cost.","$ref":"#/$defs/cost"}}},"action":{"description":"One change.","type":"object","discriminator":{"propertyName":"kind"},"oneOf":[{"$ref":"#/$defs/adopt"},{"$ref":"#/$defs/forget"},{"$ref":"#/$defs/restore"},{"$ref":"#/$defs/generate"},{"$ref":"#/$defs/delete"}]},"adopt":{"description":"Take an object that no manifest entry names into the training set.","type":"object","required":["kind","id","reason","image","digest","category","quality"],"properties":{"kind":{"description":"Kind of the action.","const":"adopt"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"digest":{"description":"SHA-256 of its content, in hex.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"quality":{"description":"1 to 10.","type":"number","minimum":1,"maximum":10},"entry":{"description":"The manifest entry to write, when an earlier one is put back."},"repeats":{"description":"The manifest names the image before this entry, too: it is put back all the same.","const":true},"written":{"description":"How that entry stood in the manifest, to the byte, with the white space and commas around it.","type":"object","required":["text","before","after"],"properties":{"text":{"description":"The entry as JSON.","type":"string"},"before":{"description":"What stood between it and the entry before it, or the beginning of the list.","type":"string"},"after":{"description":"What stood between it and the entry behind it, or the end of the list.","type":"string"}}},"index":{"description":"Where in the manifest it goes; at the end when absent.","type":"integer","minimum":0}}},"forget":{"description":"Drop manifest entries that have no object of their own. Touches no object.","type":"object","required":["kind","id","reason","image","entries"],"properties":{"kind":{"description":"Kind of the action.","const":"forget"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"entries":{"description":"`all` entries of the image, or the `repeats`: all but the first.","enum":["all","repeats"]}}},"restore":{"description":"Bring an image back from the trash.","type":"object","required":["kind","id","reason","image","digest","category","quality","trashId"],"properties":{"kind":{"description":"Kind of the action.","const":"restore"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"digest":{"description":"SHA-256 of its content, in hex.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"quality":{"description":"1 to 10.","type":"number","minimum":1,"maximum":10},"trashId":{"description":"Names the trash record.","type":"string","minLength":1}}},"generate":{"description":"Have a picture made. The attempts are tried in order until one is accepted.","type":"object","required":["kind","id","reason","category","attempts"],"properties":{"kind":{"description":"Kind of the action.","const":"generate"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"attempts":{"description":"What is ordered, attempt by attempt.","type":"array","items":{"description":"One order.","type":"object","required":["promptNumber","prompt","seed"],"properties":{"promptNumber":{"description":"Number of the prompt.","type":"integer","minimum":0},"prompt":{"description":"The prompt.","type":"string"},"seed":{"description":"Makes the order tell from others.","type":"integer","minimum":0}}},"minItems":1},"priceUsd":{"description":"US dollars an attempt; absent when unknown.","type":"number","minimum":0}}},"delete":{"description":"Move an image to the trash and drop its entry.","type":"object","required":["kind","id","reason","image","digest","category","quality","number"],"properties":{"kind":{"description":"Kind of the action.","const":"delete"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"digest":{"description":"SHA-256 of its content, in hex.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"quality":{"description":"1 to 10.","type":"number","minimum":1,"maximum":10},"number":{"description":"Its number on the contact sheet. For display only.","type":"integer","minimum":0}}}}};
const schema32 = {"description":"The specs that the plan follows.","type":"object","required":["kind","revision","specDigest"],"properties":{"kind":{"description":"Where the specs were read from.","enum":["directory","git"]},"revision":{"description":"A content digest of the specs, or branch and commit such as `main@sha1:…`.","type":"string"},"dirty":{"description":"The working tree held changes that were not committed.","type":"boolean"},"specDigest":{"description":"Digest of the specs as they were understood: equal for specs that mean the same.","type":"string"},"commit":{"description":"Of a directory in a git working tree: the commit that was checked out.","type":"string"}}};
const schema33 = {"description":"Which actors were asked for. A plan of a part says so.","type":"object","required":["refresh"],"properties":{"actors":{"description":"Ids of actors; absent: all.","type":"array","items":{"description":"An actor's id.","type":"string"}},"types":{"description":"Actor types; absent: all.","type":"array","items":{"description":"An actor type.","type":"string"}},"refresh":{"description":"False when no paid call was allowed: images that nobody has evaluated yet stay unknown.","type":"boolean"}}};
const schema36 = {"description":"One check of the plan as a whole.","type":"object","required":["name","result","message"],"properties":{"name":{"description":"Names the check: `max-deletes`, `max-delete-share`, `min-usable`, `target-zero`, `distribution-removed`, `re-evaluation`, `price`, `budget`.","type":"string","minLength":1},"result":{"description":"`deny` keeps the plan from being applied until a person lifts it.","enum":["pass","warn","deny"]},"message":{"description":"What was found, against which bound.","type":"string"},"actors":{"description":"The actors that trip it, when it is about single actors.","type":"array","items":{"description":"An actor's id.","type":"string"}}}};
const pattern4 = new RegExp("^1\\.\\d+$", "u");
const pattern5 = new RegExp("^[A-Za-z0-9][-A-Za-z0-9_.]*$", "u");
const pattern6 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", "u");
const pattern7 = new RegExp("^[0-9a-f]{64}$", "u");
const func1 = (ucs2lengthModule.default ?? ucs2lengthModule);
const schema34 = {"description":"Sums over all actors. Actions of suspended actors are not counted: they are not applied.","type":"object","required":["adopt","forget","restore","generate","delete","actors","images","byStatus","cost"],"properties":{"adopt":{"description":"Orphans to take in.","type":"integer","minimum":0},"forget":{"description":"Dead manifest entries to drop.","type":"integer","minimum":0},"restore":{"description":"Images to bring back from the trash.","type":"integer","minimum":0},"generate":{"description":"Pictures to have made.","type":"integer","minimum":0},"delete":{"description":"Images to move to the trash.","type":"integer","minimum":0},"actors":{"description":"Actors in the plan.","type":"integer","minimum":0},"images":{"description":"Images in their sets now.","type":"integer","minimum":0},"byStatus":{"description":"Actors by status.","type":"object","required":["balanced","changes","unreachable","incomplete","suspended","unmanaged","error"],"properties":{"balanced":{"description":"Nothing to do.","type":"integer","minimum":0},"changes":{"description":"Has actions.","type":"integer","minimum":0},"unreachable":{"description":"Pins, uncertain images or missing prompts keep the target out of reach.","type":"integer","minimum":0},"incomplete":{"description":"Some images are unknown.","type":"integer","minimum":0},"suspended":{"description":"Planned, but not applied.","type":"integer","minimum":0},"unmanaged":{"description":"No distribution matches.","type":"integer","minimum":0},"error":{"description":"Could not be planned.","type":"integer","minimum":0}}},"cost":{"description":"What applying it would cost.","$ref":"#/$defs/cost"}}};
const schema35 = {"description":"US dollars.","type":"object","required":["estimateUsd","maximumUsd","known"],"properties":{"estimateUsd":{"description":"If every picture is accepted at once.","type":"number","minimum":0},"maximumUsd":{"description":"If every picture takes all its attempts.","type":"number","minimum":0},"known":{"description":"False when a price is unknown; such a plan cannot be applied.","type":"boolean"}}};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((data.adopt === undefined) && (missing0 = "adopt")) || ((data.forget === undefined) && (missing0 = "forget"))) || ((data.restore === undefined) && (missing0 = "restore"))) || ((data.generate === undefined) && (missing0 = "generate"))) || ((data.delete === undefined) && (missing0 = "delete"))) || ((data.actors === undefined) && (missing0 = "actors"))) || ((data.images === undefined) && (missing0 = "images"))) || ((data.byStatus === undefined) && (missing0 = "byStatus"))) || ((data.cost === undefined) && (missing0 = "cost"))){
validate21.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.adopt !== undefined){
let data0 = data.adopt;
const _errs1 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate21.errors = [{instancePath:instancePath+"/adopt",schemaPath:"#/properties/adopt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs1){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate21.errors = [{instancePath:instancePath+"/adopt",schemaPath:"#/properties/adopt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.forget !== undefined){
let data1 = data.forget;
const _errs3 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate21.errors = [{instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs3){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
validate21.errors = [{instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.restore !== undefined){
let data2 = data.restore;
const _errs5 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate21.errors = [{instancePath:instancePath+"/restore",schemaPath:"#/properties/restore/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs5){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
validate21.errors = [{instancePath:instancePath+"/restore",schemaPath:"#/properties/restore/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.generate !== undefined){
let data3 = data.generate;
const _errs7 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate21.errors = [{instancePath:instancePath+"/generate",schemaPath:"#/properties/generate/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs7){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate21.errors = [{instancePath:instancePath+"/generate",schemaPath:"#/properties/generate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.delete !== undefined){
let data4 = data.delete;
const _errs9 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate21.errors = [{instancePath:instancePath+"/delete",schemaPath:"#/properties/delete/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs9){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate21.errors = [{instancePath:instancePath+"/delete",schemaPath:"#/properties/delete/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actors !== undefined){
let data5 = data.actors;
const _errs11 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate21.errors = [{instancePath:instancePath+"/actors",schemaPath:"#/properties/actors/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs11){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate21.errors = [{instancePath:instancePath+"/actors",schemaPath:"#/properties/actors/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.images !== undefined){
let data6 = data.images;
const _errs13 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate21.errors = [{instancePath:instancePath+"/images",schemaPath:"#/properties/images/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs13){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate21.errors = [{instancePath:instancePath+"/images",schemaPath:"#/properties/images/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.byStatus !== undefined){
let data7 = data.byStatus;
const _errs15 = errors;
if(errors === _errs15){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if((((((((data7.balanced === undefined) && (missing1 = "balanced")) || ((data7.changes === undefined) && (missing1 = "changes"))) || ((data7.unreachable === undefined) && (missing1 = "unreachable"))) || ((data7.incomplete === undefined) && (missing1 = "incomplete"))) || ((data7.suspended === undefined) && (missing1 = "suspended"))) || ((data7.unmanaged === undefined) && (missing1 = "unmanaged"))) || ((data7.error === undefined) && (missing1 = "error"))){
validate21.errors = [{instancePath:instancePath+"/byStatus",schemaPath:"#/properties/byStatus/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data7.balanced !== undefined){
let data8 = data7.balanced;
const _errs17 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/balanced",schemaPath:"#/properties/byStatus/properties/balanced/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs17){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate21.errors = [{instancePath:instancePath+"/byStatus/balanced",schemaPath:"#/properties/byStatus/properties/balanced/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.changes !== undefined){
let data9 = data7.changes;
const _errs19 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/changes",schemaPath:"#/properties/byStatus/properties/changes/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs19){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate21.errors = [{instancePath:instancePath+"/byStatus/changes",schemaPath:"#/properties/byStatus/properties/changes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs19 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.unreachable !== undefined){
let data10 = data7.unreachable;
const _errs21 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/unreachable",schemaPath:"#/properties/byStatus/properties/unreachable/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs21){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
validate21.errors = [{instancePath:instancePath+"/byStatus/unreachable",schemaPath:"#/properties/byStatus/properties/unreachable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs21 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.incomplete !== undefined){
let data11 = data7.incomplete;
const _errs23 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/incomplete",schemaPath:"#/properties/byStatus/properties/incomplete/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs23){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
validate21.errors = [{instancePath:instancePath+"/byStatus/incomplete",schemaPath:"#/properties/byStatus/properties/incomplete/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs23 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.suspended !== undefined){
let data12 = data7.suspended;
const _errs25 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/suspended",schemaPath:"#/properties/byStatus/properties/suspended/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs25){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
validate21.errors = [{instancePath:instancePath+"/byStatus/suspended",schemaPath:"#/properties/byStatus/properties/suspended/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs25 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.unmanaged !== undefined){
let data13 = data7.unmanaged;
const _errs27 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/unmanaged",schemaPath:"#/properties/byStatus/properties/unmanaged/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
validate21.errors = [{instancePath:instancePath+"/byStatus/unmanaged",schemaPath:"#/properties/byStatus/properties/unmanaged/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs27 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.error !== undefined){
let data14 = data7.error;
const _errs29 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate21.errors = [{instancePath:instancePath+"/byStatus/error",schemaPath:"#/properties/byStatus/properties/error/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs29){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
validate21.errors = [{instancePath:instancePath+"/byStatus/error",schemaPath:"#/properties/byStatus/properties/error/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs29 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/byStatus",schemaPath:"#/properties/byStatus/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cost !== undefined){
let data15 = data.cost;
const _errs31 = errors;
const _errs32 = errors;
if(errors === _errs32){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing2;
if((((data15.estimateUsd === undefined) && (missing2 = "estimateUsd")) || ((data15.maximumUsd === undefined) && (missing2 = "maximumUsd"))) || ((data15.known === undefined) && (missing2 = "known"))){
validate21.errors = [{instancePath:instancePath+"/cost",schemaPath:"#/$defs/cost/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data15.estimateUsd !== undefined){
let data16 = data15.estimateUsd;
const _errs34 = errors;
if(errors === _errs34){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
validate21.errors = [{instancePath:instancePath+"/cost/estimateUsd",schemaPath:"#/$defs/cost/properties/estimateUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/cost/estimateUsd",schemaPath:"#/$defs/cost/properties/estimateUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid3 = _errs34 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data15.maximumUsd !== undefined){
let data17 = data15.maximumUsd;
const _errs36 = errors;
if(errors === _errs36){
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
validate21.errors = [{instancePath:instancePath+"/cost/maximumUsd",schemaPath:"#/$defs/cost/properties/maximumUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/cost/maximumUsd",schemaPath:"#/$defs/cost/properties/maximumUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid3 = _errs36 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data15.known !== undefined){
const _errs38 = errors;
if(typeof data15.known !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/cost/known",schemaPath:"#/$defs/cost/properties/known/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid3 = _errs38 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/cost",schemaPath:"#/$defs/cost/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":{"adopt":true,"forget":true,"restore":true,"generate":true,"delete":true,"actors":true,"images":true,"byStatus":true,"cost":true},"dynamicProps":false,"dynamicItems":false};

const schema37 = {"description":"Sums over the actors of one type that a distribution matches.","type":"object","required":["type","actors","changed","adopt","forget","restore","generate","delete","categories","cost"],"properties":{"type":{"description":"The actor type.","type":"string"},"actors":{"description":"Actors of the type.","type":"integer","minimum":0},"changed":{"description":"Those that would change.","type":"integer","minimum":0},"adopt":{"description":"Orphans to take in.","type":"integer","minimum":0},"forget":{"description":"Dead manifest entries to drop.","type":"integer","minimum":0},"restore":{"description":"Images to bring back from the trash.","type":"integer","minimum":0},"generate":{"description":"Pictures to have made.","type":"integer","minimum":0},"delete":{"description":"Images to move to the trash.","type":"integer","minimum":0},"categories":{"description":"Images by category.","type":"array","items":{"$ref":"#/$defs/categoryCounts"}},"cost":{"description":"What applying this part would cost.","$ref":"#/$defs/cost"}}};
const schema38 = {"description":"Images of one category.","type":"object","required":["category","title","before","target","after"],"properties":{"category":{"description":"The category's name.","type":"string"},"title":{"description":"Its title, for people.","type":"string"},"before":{"description":"Images now.","type":"integer","minimum":0},"target":{"description":"Images the distribution asks for.","type":"integer","minimum":0},"after":{"description":"Images after the plan; inside the tolerance this may differ from `target`.","type":"integer","minimum":0},"band":{"description":"Of a single actor: the counts inside the tolerance, both ends included.","type":"object","required":["low","high"],"properties":{"low":{"description":"The fewest.","type":"integer","minimum":0},"high":{"description":"The most.","type":"integer","minimum":0}}}}};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((data.type === undefined) && (missing0 = "type")) || ((data.actors === undefined) && (missing0 = "actors"))) || ((data.changed === undefined) && (missing0 = "changed"))) || ((data.adopt === undefined) && (missing0 = "adopt"))) || ((data.forget === undefined) && (missing0 = "forget"))) || ((data.restore === undefined) && (missing0 = "restore"))) || ((data.generate === undefined) && (missing0 = "generate"))) || ((data.delete === undefined) && (missing0 = "delete"))) || ((data.categories === undefined) && (missing0 = "categories"))) || ((data.cost === undefined) && (missing0 = "cost"))){
validate23.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.type !== undefined){
const _errs1 = errors;
if(typeof data.type !== "string"){
validate23.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actors !== undefined){
let data1 = data.actors;
const _errs3 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate23.errors = [{instancePath:instancePath+"/actors",schemaPath:"#/properties/actors/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs3){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
validate23.errors = [{instancePath:instancePath+"/actors",schemaPath:"#/properties/actors/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.changed !== undefined){
let data2 = data.changed;
const _errs5 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate23.errors = [{instancePath:instancePath+"/changed",schemaPath:"#/properties/changed/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs5){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
validate23.errors = [{instancePath:instancePath+"/changed",schemaPath:"#/properties/changed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.adopt !== undefined){
let data3 = data.adopt;
const _errs7 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate23.errors = [{instancePath:instancePath+"/adopt",schemaPath:"#/properties/adopt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs7){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate23.errors = [{instancePath:instancePath+"/adopt",schemaPath:"#/properties/adopt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.forget !== undefined){
let data4 = data.forget;
const _errs9 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate23.errors = [{instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs9){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate23.errors = [{instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.restore !== undefined){
let data5 = data.restore;
const _errs11 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate23.errors = [{instancePath:instancePath+"/restore",schemaPath:"#/properties/restore/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs11){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate23.errors = [{instancePath:instancePath+"/restore",schemaPath:"#/properties/restore/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.generate !== undefined){
let data6 = data.generate;
const _errs13 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate23.errors = [{instancePath:instancePath+"/generate",schemaPath:"#/properties/generate/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs13){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate23.errors = [{instancePath:instancePath+"/generate",schemaPath:"#/properties/generate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.delete !== undefined){
let data7 = data.delete;
const _errs15 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate23.errors = [{instancePath:instancePath+"/delete",schemaPath:"#/properties/delete/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs15){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate23.errors = [{instancePath:instancePath+"/delete",schemaPath:"#/properties/delete/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.categories !== undefined){
let data8 = data.categories;
const _errs17 = errors;
if(errors === _errs17){
if(Array.isArray(data8)){
var valid1 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs19 = errors;
const _errs20 = errors;
if(errors === _errs20){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing1;
if((((((data9.category === undefined) && (missing1 = "category")) || ((data9.title === undefined) && (missing1 = "title"))) || ((data9.before === undefined) && (missing1 = "before"))) || ((data9.target === undefined) && (missing1 = "target"))) || ((data9.after === undefined) && (missing1 = "after"))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0,schemaPath:"#/$defs/categoryCounts/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data9.category !== undefined){
const _errs22 = errors;
if(typeof data9.category !== "string"){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/category",schemaPath:"#/$defs/categoryCounts/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs22 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.title !== undefined){
const _errs24 = errors;
if(typeof data9.title !== "string"){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/title",schemaPath:"#/$defs/categoryCounts/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.before !== undefined){
let data12 = data9.before;
const _errs26 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/before",schemaPath:"#/$defs/categoryCounts/properties/before/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs26){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/before",schemaPath:"#/$defs/categoryCounts/properties/before/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid3 = _errs26 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.target !== undefined){
let data13 = data9.target;
const _errs28 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/target",schemaPath:"#/$defs/categoryCounts/properties/target/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/target",schemaPath:"#/$defs/categoryCounts/properties/target/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.after !== undefined){
let data14 = data9.after;
const _errs30 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/after",schemaPath:"#/$defs/categoryCounts/properties/after/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs30){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/after",schemaPath:"#/$defs/categoryCounts/properties/after/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.band !== undefined){
let data15 = data9.band;
const _errs32 = errors;
if(errors === _errs32){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing2;
if(((data15.low === undefined) && (missing2 = "low")) || ((data15.high === undefined) && (missing2 = "high"))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/band",schemaPath:"#/$defs/categoryCounts/properties/band/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data15.low !== undefined){
let data16 = data15.low;
const _errs34 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/low",schemaPath:"#/$defs/categoryCounts/properties/band/properties/low/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs34){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/low",schemaPath:"#/$defs/categoryCounts/properties/band/properties/low/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data15.high !== undefined){
let data17 = data15.high;
const _errs36 = errors;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/high",schemaPath:"#/$defs/categoryCounts/properties/band/properties/high/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs36){
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/high",schemaPath:"#/$defs/categoryCounts/properties/band/properties/high/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs36 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/categories/" + i0+"/band",schemaPath:"#/$defs/categoryCounts/properties/band/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs32 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/categories/" + i0,schemaPath:"#/$defs/categoryCounts/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs19 === errors;
if(!valid1){
break;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/categories",schemaPath:"#/properties/categories/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cost !== undefined){
let data18 = data.cost;
const _errs38 = errors;
const _errs39 = errors;
if(errors === _errs39){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing3;
if((((data18.estimateUsd === undefined) && (missing3 = "estimateUsd")) || ((data18.maximumUsd === undefined) && (missing3 = "maximumUsd"))) || ((data18.known === undefined) && (missing3 = "known"))){
validate23.errors = [{instancePath:instancePath+"/cost",schemaPath:"#/$defs/cost/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data18.estimateUsd !== undefined){
let data19 = data18.estimateUsd;
const _errs41 = errors;
if(errors === _errs41){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 < 0 || isNaN(data19)){
validate23.errors = [{instancePath:instancePath+"/cost/estimateUsd",schemaPath:"#/$defs/cost/properties/estimateUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate23.errors = [{instancePath:instancePath+"/cost/estimateUsd",schemaPath:"#/$defs/cost/properties/estimateUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid6 = _errs41 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data18.maximumUsd !== undefined){
let data20 = data18.maximumUsd;
const _errs43 = errors;
if(errors === _errs43){
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 < 0 || isNaN(data20)){
validate23.errors = [{instancePath:instancePath+"/cost/maximumUsd",schemaPath:"#/$defs/cost/properties/maximumUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate23.errors = [{instancePath:instancePath+"/cost/maximumUsd",schemaPath:"#/$defs/cost/properties/maximumUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid6 = _errs43 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data18.known !== undefined){
const _errs45 = errors;
if(typeof data18.known !== "boolean"){
validate23.errors = [{instancePath:instancePath+"/cost/known",schemaPath:"#/$defs/cost/properties/known/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid6 = _errs45 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/cost",schemaPath:"#/$defs/cost/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs38 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":{"type":true,"actors":true,"changed":true,"adopt":true,"forget":true,"restore":true,"generate":true,"delete":true,"categories":true,"cost":true},"dynamicProps":false,"dynamicItems":false};

const schema40 = {"description":"The plan for one actor.","type":"object","required":["actor","type","status","total","categories","unknown","unreadable","actions","notes","cost"],"properties":{"actor":{"description":"The actor's id.","type":"string","minLength":1},"name":{"description":"The actor's name.","type":"string"},"type":{"description":"The actor's type.","type":"string"},"status":{"description":"`balanced`: nothing to do; `changes`: has actions; `unreachable`: pins, uncertain images or missing prompts keep the target out of reach; `incomplete`: some images are unknown; `suspended`: planned, but not applied; `unmanaged`: no distribution matches; `error`: could not be planned.","enum":["balanced","changes","unreachable","incomplete","suspended","unmanaged","error"]},"distribution":{"description":"Name of the distribution that holds for it; absent when none does.","type":"string"},"fingerprint":{"description":"Digest of what was observed; an apply refuses the actor when it has changed.","type":"string","pattern":"^[0-9a-f]{64}$"},"targetDigest":{"description":"Digest of the desired state.","type":"string","pattern":"^[0-9a-f]{64}$"},"total":{"description":"Images of the set.","type":"object","required":["before","target","after"],"properties":{"before":{"description":"Now.","type":"integer","minimum":0},"target":{"description":"Asked for.","type":"integer","minimum":0},"after":{"description":"After the plan.","type":"integer","minimum":0}}},"categories":{"description":"By category, in the order of the taxonomy.","type":"array","items":{"$ref":"#/$defs/categoryCounts"}},"unknown":{"description":"Images of the set that hold a slot and whose category nobody knows.","type":"integer","minimum":0},"unreadable":{"description":"Images of the set that cannot be decoded and hold no slot.","type":"integer","minimum":0},"actions":{"description":"In the order in which an apply does them.","type":"array","items":{"$ref":"#/$defs/action"}},"notes":{"description":"For people: what was odd, what stays out of reach and why.","type":"array","items":{"description":"One remark.","type":"object","required":["code","message"],"properties":{"code":{"description":"Names the kind of remark.","type":"string","minLength":1},"message":{"description":"The remark, as a sentence.","type":"string"},"image":{"description":"The image it is about.","type":"string"}}}},"cost":{"description":"What applying it would cost.","$ref":"#/$defs/cost"}}};
const schema42 = {"description":"One change.","type":"object","discriminator":{"propertyName":"kind"},"oneOf":[{"$ref":"#/$defs/adopt"},{"$ref":"#/$defs/forget"},{"$ref":"#/$defs/restore"},{"$ref":"#/$defs/generate"},{"$ref":"#/$defs/delete"}]};
const schema43 = {"description":"Take an object that no manifest entry names into the training set.","type":"object","required":["kind","id","reason","image","digest","category","quality"],"properties":{"kind":{"description":"Kind of the action.","const":"adopt"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"digest":{"description":"SHA-256 of its content, in hex.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"quality":{"description":"1 to 10.","type":"number","minimum":1,"maximum":10},"entry":{"description":"The manifest entry to write, when an earlier one is put back."},"repeats":{"description":"The manifest names the image before this entry, too: it is put back all the same.","const":true},"written":{"description":"How that entry stood in the manifest, to the byte, with the white space and commas around it.","type":"object","required":["text","before","after"],"properties":{"text":{"description":"The entry as JSON.","type":"string"},"before":{"description":"What stood between it and the entry before it, or the beginning of the list.","type":"string"},"after":{"description":"What stood between it and the entry behind it, or the end of the list.","type":"string"}}},"index":{"description":"Where in the manifest it goes; at the end when absent.","type":"integer","minimum":0}}};
const schema44 = {"description":"Drop manifest entries that have no object of their own. Touches no object.","type":"object","required":["kind","id","reason","image","entries"],"properties":{"kind":{"description":"Kind of the action.","const":"forget"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"entries":{"description":"`all` entries of the image, or the `repeats`: all but the first.","enum":["all","repeats"]}}};
const schema45 = {"description":"Bring an image back from the trash.","type":"object","required":["kind","id","reason","image","digest","category","quality","trashId"],"properties":{"kind":{"description":"Kind of the action.","const":"restore"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"digest":{"description":"SHA-256 of its content, in hex.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"quality":{"description":"1 to 10.","type":"number","minimum":1,"maximum":10},"trashId":{"description":"Names the trash record.","type":"string","minLength":1}}};
const schema46 = {"description":"Have a picture made. The attempts are tried in order until one is accepted.","type":"object","required":["kind","id","reason","category","attempts"],"properties":{"kind":{"description":"Kind of the action.","const":"generate"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"attempts":{"description":"What is ordered, attempt by attempt.","type":"array","items":{"description":"One order.","type":"object","required":["promptNumber","prompt","seed"],"properties":{"promptNumber":{"description":"Number of the prompt.","type":"integer","minimum":0},"prompt":{"description":"The prompt.","type":"string"},"seed":{"description":"Makes the order tell from others.","type":"integer","minimum":0}}},"minItems":1},"priceUsd":{"description":"US dollars an attempt; absent when unknown.","type":"number","minimum":0}}};
const schema47 = {"description":"Move an image to the trash and drop its entry.","type":"object","required":["kind","id","reason","image","digest","category","quality","number"],"properties":{"kind":{"description":"Kind of the action.","const":"delete"},"id":{"description":"Names the action. The same action of the same plan has the same id on every machine.","type":"string","minLength":1},"reason":{"description":"Why, as a code: `under-target`, `over-target`, `below-quality-minimum`, `rejected`, `object-missing`, `entry-repeated`, `rollback`, `by-request`. For display only; readers accept others.","type":"string"},"image":{"description":"Where the image is: a path relative to the library's root, or an `s3://` URL.","type":"string","minLength":1},"digest":{"description":"SHA-256 of its content, in hex.","type":"string"},"category":{"description":"What it was taken for.","type":"string"},"quality":{"description":"1 to 10.","type":"number","minimum":1,"maximum":10},"number":{"description":"Its number on the contact sheet. For display only.","type":"integer","minimum":0}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.kind;
if(typeof tag0 == "string"){
if(tag0 === "adopt"){
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((data.kind === undefined) && (missing0 = "kind")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.image === undefined) && (missing0 = "image"))) || ((data.digest === undefined) && (missing0 = "digest"))) || ((data.category === undefined) && (missing0 = "category"))) || ((data.quality === undefined) && (missing0 = "quality"))){
validate26.errors = [{instancePath,schemaPath:"#/$defs/adopt/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.kind !== undefined){
const _errs5 = errors;
if("adopt" !== data.kind){
validate26.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/adopt/properties/kind/const",keyword:"const",params:{allowedValue: "adopt"},message:"must be equal to constant"}];
return false;
}
var valid3 = _errs5 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.id !== undefined){
let data1 = data.id;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data1 === "string"){
if(func1(data1) < 1){
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/adopt/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/adopt/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs6 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.reason !== undefined){
const _errs8 = errors;
if(typeof data.reason !== "string"){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/$defs/adopt/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs8 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.image !== undefined){
let data3 = data.image;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data3 === "string"){
if(func1(data3) < 1){
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/adopt/properties/image/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/adopt/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.digest !== undefined){
const _errs12 = errors;
if(typeof data.digest !== "string"){
validate26.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/$defs/adopt/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.category !== undefined){
const _errs14 = errors;
if(typeof data.category !== "string"){
validate26.errors = [{instancePath:instancePath+"/category",schemaPath:"#/$defs/adopt/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.quality !== undefined){
let data6 = data.quality;
const _errs16 = errors;
if(errors === _errs16){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 10 || isNaN(data6)){
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/adopt/properties/quality/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10"}];
return false;
}
else {
if(data6 < 1 || isNaN(data6)){
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/adopt/properties/quality/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/adopt/properties/quality/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.repeats !== undefined){
const _errs18 = errors;
if(true !== data.repeats){
validate26.errors = [{instancePath:instancePath+"/repeats",schemaPath:"#/$defs/adopt/properties/repeats/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"}];
return false;
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.written !== undefined){
let data8 = data.written;
const _errs19 = errors;
if(errors === _errs19){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing1;
if((((data8.text === undefined) && (missing1 = "text")) || ((data8.before === undefined) && (missing1 = "before"))) || ((data8.after === undefined) && (missing1 = "after"))){
validate26.errors = [{instancePath:instancePath+"/written",schemaPath:"#/$defs/adopt/properties/written/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data8.text !== undefined){
const _errs21 = errors;
if(typeof data8.text !== "string"){
validate26.errors = [{instancePath:instancePath+"/written/text",schemaPath:"#/$defs/adopt/properties/written/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs21 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data8.before !== undefined){
const _errs23 = errors;
if(typeof data8.before !== "string"){
validate26.errors = [{instancePath:instancePath+"/written/before",schemaPath:"#/$defs/adopt/properties/written/properties/before/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs23 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data8.after !== undefined){
const _errs25 = errors;
if(typeof data8.after !== "string"){
validate26.errors = [{instancePath:instancePath+"/written/after",schemaPath:"#/$defs/adopt/properties/written/properties/after/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs25 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/written",schemaPath:"#/$defs/adopt/properties/written/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs19 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.index !== undefined){
let data12 = data.index;
const _errs27 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate26.errors = [{instancePath:instancePath+"/index",schemaPath:"#/$defs/adopt/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
validate26.errors = [{instancePath:instancePath+"/index",schemaPath:"#/$defs/adopt/properties/index/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid3 = _errs27 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/$defs/adopt/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var props0 = {};
props0.kind = true;
props0.id = true;
props0.reason = true;
props0.image = true;
props0.digest = true;
props0.category = true;
props0.quality = true;
props0.entry = true;
props0.repeats = true;
props0.written = true;
props0.index = true;
}
else if(tag0 === "forget"){
const _errs30 = errors;
if(errors === _errs30){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((((((data.kind === undefined) && (missing2 = "kind")) || ((data.id === undefined) && (missing2 = "id"))) || ((data.reason === undefined) && (missing2 = "reason"))) || ((data.image === undefined) && (missing2 = "image"))) || ((data.entries === undefined) && (missing2 = "entries"))){
validate26.errors = [{instancePath,schemaPath:"#/$defs/forget/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data.kind !== undefined){
const _errs32 = errors;
if("forget" !== data.kind){
validate26.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/forget/properties/kind/const",keyword:"const",params:{allowedValue: "forget"},message:"must be equal to constant"}];
return false;
}
var valid7 = _errs32 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data.id !== undefined){
let data14 = data.id;
const _errs33 = errors;
if(errors === _errs33){
if(typeof data14 === "string"){
if(func1(data14) < 1){
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/forget/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/forget/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs33 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data.reason !== undefined){
const _errs35 = errors;
if(typeof data.reason !== "string"){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/$defs/forget/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid7 = _errs35 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data.image !== undefined){
let data16 = data.image;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(func1(data16) < 1){
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/forget/properties/image/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/forget/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs37 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data.entries !== undefined){
let data17 = data.entries;
const _errs39 = errors;
if(!((data17 === "all") || (data17 === "repeats"))){
validate26.errors = [{instancePath:instancePath+"/entries",schemaPath:"#/$defs/forget/properties/entries/enum",keyword:"enum",params:{allowedValues: schema44.properties.entries.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid7 = _errs39 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/$defs/forget/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.kind = true;
props0.id = true;
props0.reason = true;
props0.image = true;
props0.entries = true;
}
}
else if(tag0 === "restore"){
const _errs41 = errors;
if(errors === _errs41){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if(((((((((data.kind === undefined) && (missing3 = "kind")) || ((data.id === undefined) && (missing3 = "id"))) || ((data.reason === undefined) && (missing3 = "reason"))) || ((data.image === undefined) && (missing3 = "image"))) || ((data.digest === undefined) && (missing3 = "digest"))) || ((data.category === undefined) && (missing3 = "category"))) || ((data.quality === undefined) && (missing3 = "quality"))) || ((data.trashId === undefined) && (missing3 = "trashId"))){
validate26.errors = [{instancePath,schemaPath:"#/$defs/restore/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data.kind !== undefined){
const _errs43 = errors;
if("restore" !== data.kind){
validate26.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/restore/properties/kind/const",keyword:"const",params:{allowedValue: "restore"},message:"must be equal to constant"}];
return false;
}
var valid10 = _errs43 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.id !== undefined){
let data19 = data.id;
const _errs44 = errors;
if(errors === _errs44){
if(typeof data19 === "string"){
if(func1(data19) < 1){
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/restore/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/restore/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs44 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.reason !== undefined){
const _errs46 = errors;
if(typeof data.reason !== "string"){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/$defs/restore/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid10 = _errs46 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.image !== undefined){
let data21 = data.image;
const _errs48 = errors;
if(errors === _errs48){
if(typeof data21 === "string"){
if(func1(data21) < 1){
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/restore/properties/image/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/restore/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs48 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.digest !== undefined){
const _errs50 = errors;
if(typeof data.digest !== "string"){
validate26.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/$defs/restore/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid10 = _errs50 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.category !== undefined){
const _errs52 = errors;
if(typeof data.category !== "string"){
validate26.errors = [{instancePath:instancePath+"/category",schemaPath:"#/$defs/restore/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid10 = _errs52 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.quality !== undefined){
let data24 = data.quality;
const _errs54 = errors;
if(errors === _errs54){
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 10 || isNaN(data24)){
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/restore/properties/quality/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10"}];
return false;
}
else {
if(data24 < 1 || isNaN(data24)){
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/restore/properties/quality/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/restore/properties/quality/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid10 = _errs54 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.trashId !== undefined){
let data25 = data.trashId;
const _errs56 = errors;
if(errors === _errs56){
if(typeof data25 === "string"){
if(func1(data25) < 1){
validate26.errors = [{instancePath:instancePath+"/trashId",schemaPath:"#/$defs/restore/properties/trashId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/trashId",schemaPath:"#/$defs/restore/properties/trashId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs56 === errors;
}
else {
var valid10 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/$defs/restore/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.kind = true;
props0.id = true;
props0.reason = true;
props0.image = true;
props0.digest = true;
props0.category = true;
props0.quality = true;
props0.trashId = true;
}
}
else if(tag0 === "generate"){
const _errs59 = errors;
if(errors === _errs59){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if((((((data.kind === undefined) && (missing4 = "kind")) || ((data.id === undefined) && (missing4 = "id"))) || ((data.reason === undefined) && (missing4 = "reason"))) || ((data.category === undefined) && (missing4 = "category"))) || ((data.attempts === undefined) && (missing4 = "attempts"))){
validate26.errors = [{instancePath,schemaPath:"#/$defs/generate/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
if(data.kind !== undefined){
const _errs61 = errors;
if("generate" !== data.kind){
validate26.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/generate/properties/kind/const",keyword:"const",params:{allowedValue: "generate"},message:"must be equal to constant"}];
return false;
}
var valid13 = _errs61 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.id !== undefined){
let data27 = data.id;
const _errs62 = errors;
if(errors === _errs62){
if(typeof data27 === "string"){
if(func1(data27) < 1){
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/generate/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/generate/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs62 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.reason !== undefined){
const _errs64 = errors;
if(typeof data.reason !== "string"){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/$defs/generate/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid13 = _errs64 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.category !== undefined){
const _errs66 = errors;
if(typeof data.category !== "string"){
validate26.errors = [{instancePath:instancePath+"/category",schemaPath:"#/$defs/generate/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid13 = _errs66 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.attempts !== undefined){
let data30 = data.attempts;
const _errs68 = errors;
if(errors === _errs68){
if(Array.isArray(data30)){
if(data30.length < 1){
validate26.errors = [{instancePath:instancePath+"/attempts",schemaPath:"#/$defs/generate/properties/attempts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid14 = true;
const len0 = data30.length;
for(let i0=0; i0<len0; i0++){
let data31 = data30[i0];
const _errs70 = errors;
if(errors === _errs70){
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
let missing5;
if((((data31.promptNumber === undefined) && (missing5 = "promptNumber")) || ((data31.prompt === undefined) && (missing5 = "prompt"))) || ((data31.seed === undefined) && (missing5 = "seed"))){
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0,schemaPath:"#/$defs/generate/properties/attempts/items/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
if(data31.promptNumber !== undefined){
let data32 = data31.promptNumber;
const _errs72 = errors;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0+"/promptNumber",schemaPath:"#/$defs/generate/properties/attempts/items/properties/promptNumber/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs72){
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0+"/promptNumber",schemaPath:"#/$defs/generate/properties/attempts/items/properties/promptNumber/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid15 = _errs72 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data31.prompt !== undefined){
const _errs74 = errors;
if(typeof data31.prompt !== "string"){
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0+"/prompt",schemaPath:"#/$defs/generate/properties/attempts/items/properties/prompt/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid15 = _errs74 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data31.seed !== undefined){
let data34 = data31.seed;
const _errs76 = errors;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0+"/seed",schemaPath:"#/$defs/generate/properties/attempts/items/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs76){
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 < 0 || isNaN(data34)){
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0+"/seed",schemaPath:"#/$defs/generate/properties/attempts/items/properties/seed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid15 = _errs76 === errors;
}
else {
var valid15 = true;
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/attempts/" + i0,schemaPath:"#/$defs/generate/properties/attempts/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid14 = _errs70 === errors;
if(!valid14){
break;
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/attempts",schemaPath:"#/$defs/generate/properties/attempts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid13 = _errs68 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.priceUsd !== undefined){
let data35 = data.priceUsd;
const _errs78 = errors;
if(errors === _errs78){
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 < 0 || isNaN(data35)){
validate26.errors = [{instancePath:instancePath+"/priceUsd",schemaPath:"#/$defs/generate/properties/priceUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/priceUsd",schemaPath:"#/$defs/generate/properties/priceUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid13 = _errs78 === errors;
}
else {
var valid13 = true;
}
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/$defs/generate/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.kind = true;
props0.id = true;
props0.reason = true;
props0.category = true;
props0.attempts = true;
props0.priceUsd = true;
}
}
else if(tag0 === "delete"){
const _errs81 = errors;
if(errors === _errs81){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if(((((((((data.kind === undefined) && (missing6 = "kind")) || ((data.id === undefined) && (missing6 = "id"))) || ((data.reason === undefined) && (missing6 = "reason"))) || ((data.image === undefined) && (missing6 = "image"))) || ((data.digest === undefined) && (missing6 = "digest"))) || ((data.category === undefined) && (missing6 = "category"))) || ((data.quality === undefined) && (missing6 = "quality"))) || ((data.number === undefined) && (missing6 = "number"))){
validate26.errors = [{instancePath,schemaPath:"#/$defs/delete/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'"}];
return false;
}
else {
if(data.kind !== undefined){
const _errs83 = errors;
if("delete" !== data.kind){
validate26.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/delete/properties/kind/const",keyword:"const",params:{allowedValue: "delete"},message:"must be equal to constant"}];
return false;
}
var valid18 = _errs83 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.id !== undefined){
let data37 = data.id;
const _errs84 = errors;
if(errors === _errs84){
if(typeof data37 === "string"){
if(func1(data37) < 1){
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/delete/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/delete/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid18 = _errs84 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.reason !== undefined){
const _errs86 = errors;
if(typeof data.reason !== "string"){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/$defs/delete/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid18 = _errs86 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.image !== undefined){
let data39 = data.image;
const _errs88 = errors;
if(errors === _errs88){
if(typeof data39 === "string"){
if(func1(data39) < 1){
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/delete/properties/image/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/image",schemaPath:"#/$defs/delete/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid18 = _errs88 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.digest !== undefined){
const _errs90 = errors;
if(typeof data.digest !== "string"){
validate26.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/$defs/delete/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid18 = _errs90 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.category !== undefined){
const _errs92 = errors;
if(typeof data.category !== "string"){
validate26.errors = [{instancePath:instancePath+"/category",schemaPath:"#/$defs/delete/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid18 = _errs92 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.quality !== undefined){
let data42 = data.quality;
const _errs94 = errors;
if(errors === _errs94){
if((typeof data42 == "number") && (isFinite(data42))){
if(data42 > 10 || isNaN(data42)){
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/delete/properties/quality/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10"}];
return false;
}
else {
if(data42 < 1 || isNaN(data42)){
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/delete/properties/quality/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/quality",schemaPath:"#/$defs/delete/properties/quality/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid18 = _errs94 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.number !== undefined){
let data43 = data.number;
const _errs96 = errors;
if(!(((typeof data43 == "number") && (!(data43 % 1) && !isNaN(data43))) && (isFinite(data43)))){
validate26.errors = [{instancePath:instancePath+"/number",schemaPath:"#/$defs/delete/properties/number/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs96){
if((typeof data43 == "number") && (isFinite(data43))){
if(data43 < 0 || isNaN(data43)){
validate26.errors = [{instancePath:instancePath+"/number",schemaPath:"#/$defs/delete/properties/number/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid18 = _errs96 === errors;
}
else {
var valid18 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/$defs/delete/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.kind = true;
props0.id = true;
props0.reason = true;
props0.image = true;
props0.digest = true;
props0.category = true;
props0.quality = true;
props0.number = true;
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "kind", tagValue: tag0},message:"value of tag \"kind\" must be in oneOf"}];
return false;
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "kind", tagValue: tag0},message:"tag \"kind\" must be string"}];
return false;
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate26.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate26.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((data.actor === undefined) && (missing0 = "actor")) || ((data.type === undefined) && (missing0 = "type"))) || ((data.status === undefined) && (missing0 = "status"))) || ((data.total === undefined) && (missing0 = "total"))) || ((data.categories === undefined) && (missing0 = "categories"))) || ((data.unknown === undefined) && (missing0 = "unknown"))) || ((data.unreadable === undefined) && (missing0 = "unreadable"))) || ((data.actions === undefined) && (missing0 = "actions"))) || ((data.notes === undefined) && (missing0 = "notes"))) || ((data.cost === undefined) && (missing0 = "cost"))){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.actor !== undefined){
let data0 = data.actor;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(func1(data0) < 1){
validate25.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs3 = errors;
if(typeof data.name !== "string"){
validate25.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs5 = errors;
if(typeof data.type !== "string"){
validate25.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data3 = data.status;
const _errs7 = errors;
if(!(((((((data3 === "balanced") || (data3 === "changes")) || (data3 === "unreachable")) || (data3 === "incomplete")) || (data3 === "suspended")) || (data3 === "unmanaged")) || (data3 === "error"))){
validate25.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/enum",keyword:"enum",params:{allowedValues: schema40.properties.status.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.distribution !== undefined){
const _errs8 = errors;
if(typeof data.distribution !== "string"){
validate25.errors = [{instancePath:instancePath+"/distribution",schemaPath:"#/properties/distribution/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fingerprint !== undefined){
let data5 = data.fingerprint;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data5 === "string"){
if(!pattern7.test(data5)){
validate25.errors = [{instancePath:instancePath+"/fingerprint",schemaPath:"#/properties/fingerprint/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/fingerprint",schemaPath:"#/properties/fingerprint/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.targetDigest !== undefined){
let data6 = data.targetDigest;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data6 === "string"){
if(!pattern7.test(data6)){
validate25.errors = [{instancePath:instancePath+"/targetDigest",schemaPath:"#/properties/targetDigest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/targetDigest",schemaPath:"#/properties/targetDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.total !== undefined){
let data7 = data.total;
const _errs14 = errors;
if(errors === _errs14){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if((((data7.before === undefined) && (missing1 = "before")) || ((data7.target === undefined) && (missing1 = "target"))) || ((data7.after === undefined) && (missing1 = "after"))){
validate25.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data7.before !== undefined){
let data8 = data7.before;
const _errs16 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate25.errors = [{instancePath:instancePath+"/total/before",schemaPath:"#/properties/total/properties/before/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs16){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate25.errors = [{instancePath:instancePath+"/total/before",schemaPath:"#/properties/total/properties/before/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs16 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.target !== undefined){
let data9 = data7.target;
const _errs18 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate25.errors = [{instancePath:instancePath+"/total/target",schemaPath:"#/properties/total/properties/target/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs18){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate25.errors = [{instancePath:instancePath+"/total/target",schemaPath:"#/properties/total/properties/target/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs18 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data7.after !== undefined){
let data10 = data7.after;
const _errs20 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate25.errors = [{instancePath:instancePath+"/total/after",schemaPath:"#/properties/total/properties/after/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
validate25.errors = [{instancePath:instancePath+"/total/after",schemaPath:"#/properties/total/properties/after/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid1 = _errs20 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.categories !== undefined){
let data11 = data.categories;
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data11)){
var valid2 = true;
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
const _errs24 = errors;
const _errs25 = errors;
if(errors === _errs25){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing2;
if((((((data12.category === undefined) && (missing2 = "category")) || ((data12.title === undefined) && (missing2 = "title"))) || ((data12.before === undefined) && (missing2 = "before"))) || ((data12.target === undefined) && (missing2 = "target"))) || ((data12.after === undefined) && (missing2 = "after"))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0,schemaPath:"#/$defs/categoryCounts/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data12.category !== undefined){
const _errs27 = errors;
if(typeof data12.category !== "string"){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/category",schemaPath:"#/$defs/categoryCounts/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs27 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.title !== undefined){
const _errs29 = errors;
if(typeof data12.title !== "string"){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/title",schemaPath:"#/$defs/categoryCounts/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs29 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.before !== undefined){
let data15 = data12.before;
const _errs31 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/before",schemaPath:"#/$defs/categoryCounts/properties/before/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs31){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/before",schemaPath:"#/$defs/categoryCounts/properties/before/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs31 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.target !== undefined){
let data16 = data12.target;
const _errs33 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/target",schemaPath:"#/$defs/categoryCounts/properties/target/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs33){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/target",schemaPath:"#/$defs/categoryCounts/properties/target/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs33 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.after !== undefined){
let data17 = data12.after;
const _errs35 = errors;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/after",schemaPath:"#/$defs/categoryCounts/properties/after/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs35){
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/after",schemaPath:"#/$defs/categoryCounts/properties/after/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs35 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.band !== undefined){
let data18 = data12.band;
const _errs37 = errors;
if(errors === _errs37){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing3;
if(((data18.low === undefined) && (missing3 = "low")) || ((data18.high === undefined) && (missing3 = "high"))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/band",schemaPath:"#/$defs/categoryCounts/properties/band/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data18.low !== undefined){
let data19 = data18.low;
const _errs39 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/low",schemaPath:"#/$defs/categoryCounts/properties/band/properties/low/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs39){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 < 0 || isNaN(data19)){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/low",schemaPath:"#/$defs/categoryCounts/properties/band/properties/low/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid5 = _errs39 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data18.high !== undefined){
let data20 = data18.high;
const _errs41 = errors;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/high",schemaPath:"#/$defs/categoryCounts/properties/band/properties/high/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs41){
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 < 0 || isNaN(data20)){
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/band/high",schemaPath:"#/$defs/categoryCounts/properties/band/properties/high/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid5 = _errs41 === errors;
}
else {
var valid5 = true;
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/categories/" + i0+"/band",schemaPath:"#/$defs/categoryCounts/properties/band/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid4 = _errs37 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/categories/" + i0,schemaPath:"#/$defs/categoryCounts/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs24 === errors;
if(!valid2){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/categories",schemaPath:"#/properties/categories/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unknown !== undefined){
let data21 = data.unknown;
const _errs43 = errors;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
validate25.errors = [{instancePath:instancePath+"/unknown",schemaPath:"#/properties/unknown/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs43){
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 0 || isNaN(data21)){
validate25.errors = [{instancePath:instancePath+"/unknown",schemaPath:"#/properties/unknown/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unreadable !== undefined){
let data22 = data.unreadable;
const _errs45 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
validate25.errors = [{instancePath:instancePath+"/unreadable",schemaPath:"#/properties/unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs45){
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 < 0 || isNaN(data22)){
validate25.errors = [{instancePath:instancePath+"/unreadable",schemaPath:"#/properties/unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actions !== undefined){
let data23 = data.actions;
const _errs47 = errors;
if(errors === _errs47){
if(Array.isArray(data23)){
var valid6 = true;
const len1 = data23.length;
for(let i1=0; i1<len1; i1++){
const _errs49 = errors;
if(!(validate26(data23[i1], {instancePath:instancePath+"/actions/" + i1,parentData:data23,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
var valid6 = _errs49 === errors;
if(!valid6){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.notes !== undefined){
let data25 = data.notes;
const _errs50 = errors;
if(errors === _errs50){
if(Array.isArray(data25)){
var valid7 = true;
const len2 = data25.length;
for(let i2=0; i2<len2; i2++){
let data26 = data25[i2];
const _errs52 = errors;
if(errors === _errs52){
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
let missing4;
if(((data26.code === undefined) && (missing4 = "code")) || ((data26.message === undefined) && (missing4 = "message"))){
validate25.errors = [{instancePath:instancePath+"/notes/" + i2,schemaPath:"#/properties/notes/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
if(data26.code !== undefined){
let data27 = data26.code;
const _errs54 = errors;
if(errors === _errs54){
if(typeof data27 === "string"){
if(func1(data27) < 1){
validate25.errors = [{instancePath:instancePath+"/notes/" + i2+"/code",schemaPath:"#/properties/notes/items/properties/code/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/notes/" + i2+"/code",schemaPath:"#/properties/notes/items/properties/code/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid8 = _errs54 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data26.message !== undefined){
const _errs56 = errors;
if(typeof data26.message !== "string"){
validate25.errors = [{instancePath:instancePath+"/notes/" + i2+"/message",schemaPath:"#/properties/notes/items/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid8 = _errs56 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data26.image !== undefined){
const _errs58 = errors;
if(typeof data26.image !== "string"){
validate25.errors = [{instancePath:instancePath+"/notes/" + i2+"/image",schemaPath:"#/properties/notes/items/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid8 = _errs58 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/notes/" + i2,schemaPath:"#/properties/notes/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid7 = _errs52 === errors;
if(!valid7){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/notes",schemaPath:"#/properties/notes/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs50 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cost !== undefined){
let data30 = data.cost;
const _errs60 = errors;
const _errs61 = errors;
if(errors === _errs61){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
let missing5;
if((((data30.estimateUsd === undefined) && (missing5 = "estimateUsd")) || ((data30.maximumUsd === undefined) && (missing5 = "maximumUsd"))) || ((data30.known === undefined) && (missing5 = "known"))){
validate25.errors = [{instancePath:instancePath+"/cost",schemaPath:"#/$defs/cost/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
if(data30.estimateUsd !== undefined){
let data31 = data30.estimateUsd;
const _errs63 = errors;
if(errors === _errs63){
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
validate25.errors = [{instancePath:instancePath+"/cost/estimateUsd",schemaPath:"#/$defs/cost/properties/estimateUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/cost/estimateUsd",schemaPath:"#/$defs/cost/properties/estimateUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid10 = _errs63 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data30.maximumUsd !== undefined){
let data32 = data30.maximumUsd;
const _errs65 = errors;
if(errors === _errs65){
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
validate25.errors = [{instancePath:instancePath+"/cost/maximumUsd",schemaPath:"#/$defs/cost/properties/maximumUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/cost/maximumUsd",schemaPath:"#/$defs/cost/properties/maximumUsd/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid10 = _errs65 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data30.known !== undefined){
const _errs67 = errors;
if(typeof data30.known !== "boolean"){
validate25.errors = [{instancePath:instancePath+"/cost/known",schemaPath:"#/$defs/cost/properties/known/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid10 = _errs67 === errors;
}
else {
var valid10 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/cost",schemaPath:"#/$defs/cost/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs60 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":{"actor":true,"name":true,"type":true,"status":true,"distribution":true,"fingerprint":true,"targetDigest":true,"total":true,"categories":true,"unknown":true,"unreadable":true,"actions":true,"notes":true,"cost":true},"dynamicProps":false,"dynamicItems":false};

const schema49 = {"description":"What is the doing of this change of the specs, when it was compared with an earlier revision of them.","type":"object","required":["revision","specDigest","actors"],"properties":{"revision":{"description":"The earlier revision, as in `source`.","type":"string"},"specDigest":{"description":"Digest of the earlier specs.","type":"string"},"actors":{"description":"Actors that have something to do with either of the specs, in order of their ids.","type":"array","items":{"$ref":"#/$defs/effect"}}}};
const schema50 = {"description":"What the change does to one actor.","type":"object","required":["actor","effect"],"properties":{"actor":{"description":"The actor's id.","type":"string","minLength":1},"effect":{"description":"`changed-by-this`: without the change, something else would be done about it, or nothing; `drift`: the same would be done without the change; `settled`: without the change something would be done, with it nothing.","enum":["changed-by-this","drift","settled"]},"without":{"description":"Actions there would be without the change.","type":"object","required":["adopt","forget","restore","generate","delete"],"properties":{"adopt":{"description":"Orphans to take in.","type":"integer","minimum":0},"forget":{"description":"Dead manifest entries to drop.","type":"integer","minimum":0},"restore":{"description":"Images to bring back from the trash.","type":"integer","minimum":0},"generate":{"description":"Pictures to have made.","type":"integer","minimum":0},"delete":{"description":"Images to move to the trash.","type":"integer","minimum":0}}}}};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.revision === undefined) && (missing0 = "revision")) || ((data.specDigest === undefined) && (missing0 = "specDigest"))) || ((data.actors === undefined) && (missing0 = "actors"))){
validate29.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.revision !== undefined){
const _errs1 = errors;
if(typeof data.revision !== "string"){
validate29.errors = [{instancePath:instancePath+"/revision",schemaPath:"#/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.specDigest !== undefined){
const _errs3 = errors;
if(typeof data.specDigest !== "string"){
validate29.errors = [{instancePath:instancePath+"/specDigest",schemaPath:"#/properties/specDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actors !== undefined){
let data2 = data.actors;
const _errs5 = errors;
if(errors === _errs5){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if(((data3.actor === undefined) && (missing1 = "actor")) || ((data3.effect === undefined) && (missing1 = "effect"))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0,schemaPath:"#/$defs/effect/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data3.actor !== undefined){
let data4 = data3.actor;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(func1(data4) < 1){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/actor",schemaPath:"#/$defs/effect/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/actor",schemaPath:"#/$defs/effect/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data3.effect !== undefined){
let data5 = data3.effect;
const _errs12 = errors;
if(!(((data5 === "changed-by-this") || (data5 === "drift")) || (data5 === "settled"))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/effect",schemaPath:"#/$defs/effect/properties/effect/enum",keyword:"enum",params:{allowedValues: schema50.properties.effect.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data3.without !== undefined){
let data6 = data3.without;
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing2;
if((((((data6.adopt === undefined) && (missing2 = "adopt")) || ((data6.forget === undefined) && (missing2 = "forget"))) || ((data6.restore === undefined) && (missing2 = "restore"))) || ((data6.generate === undefined) && (missing2 = "generate"))) || ((data6.delete === undefined) && (missing2 = "delete"))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without",schemaPath:"#/$defs/effect/properties/without/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data6.adopt !== undefined){
let data7 = data6.adopt;
const _errs15 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/adopt",schemaPath:"#/$defs/effect/properties/without/properties/adopt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs15){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/adopt",schemaPath:"#/$defs/effect/properties/without/properties/adopt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs15 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data6.forget !== undefined){
let data8 = data6.forget;
const _errs17 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/forget",schemaPath:"#/$defs/effect/properties/without/properties/forget/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs17){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/forget",schemaPath:"#/$defs/effect/properties/without/properties/forget/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs17 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data6.restore !== undefined){
let data9 = data6.restore;
const _errs19 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/restore",schemaPath:"#/$defs/effect/properties/without/properties/restore/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs19){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/restore",schemaPath:"#/$defs/effect/properties/without/properties/restore/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs19 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data6.generate !== undefined){
let data10 = data6.generate;
const _errs21 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/generate",schemaPath:"#/$defs/effect/properties/without/properties/generate/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs21){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/generate",schemaPath:"#/$defs/effect/properties/without/properties/generate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs21 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data6.delete !== undefined){
let data11 = data6.delete;
const _errs23 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/delete",schemaPath:"#/$defs/effect/properties/without/properties/delete/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs23){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without/delete",schemaPath:"#/$defs/effect/properties/without/properties/delete/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs23 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/actors/" + i0+"/without",schemaPath:"#/$defs/effect/properties/without/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs13 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/actors/" + i0,schemaPath:"#/$defs/effect/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/actors",schemaPath:"#/properties/actors/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":{"revision":true,"specDigest":true,"actors":true},"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://callsheet.dev/schemas/v1/plan.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((((((data.formatVersion === undefined) && (missing0 = "formatVersion")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.createdAt === undefined) && (missing0 = "createdAt"))) || ((data.digest === undefined) && (missing0 = "digest"))) || ((data.source === undefined) && (missing0 = "source"))) || ((data.tool === undefined) && (missing0 = "tool"))) || ((data.evaluator === undefined) && (missing0 = "evaluator"))) || ((data.generator === undefined) && (missing0 = "generator"))) || ((data.selection === undefined) && (missing0 = "selection"))) || ((data.summary === undefined) && (missing0 = "summary"))) || ((data.guards === undefined) && (missing0 = "guards"))) || ((data.types === undefined) && (missing0 = "types"))) || ((data.actors === undefined) && (missing0 = "actors"))){
validate20.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.formatVersion !== undefined){
let data0 = data.formatVersion;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate20.errors = [{instancePath:instancePath+"/formatVersion",schemaPath:"#/properties/formatVersion/pattern",keyword:"pattern",params:{pattern: "^1\\.\\d+$"},message:"must match pattern \""+"^1\\.\\d+$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/formatVersion",schemaPath:"#/properties/formatVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id !== undefined){
let data1 = data.id;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(func1(data1) > 128){
validate20.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern5.test(data1)){
validate20.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][-A-Za-z0-9_.]*$"},message:"must match pattern \""+"^[A-Za-z0-9][-A-Za-z0-9_.]*$"+"\""}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.createdAt !== undefined){
let data2 = data.createdAt;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data2 === "string"){
if(!pattern6.test(data2)){
validate20.errors = [{instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data3 = data.digest;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data3 === "string"){
if(!pattern7.test(data3)){
validate20.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.source !== undefined){
let data4 = data.source;
const _errs9 = errors;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if((((data4.kind === undefined) && (missing1 = "kind")) || ((data4.revision === undefined) && (missing1 = "revision"))) || ((data4.specDigest === undefined) && (missing1 = "specDigest"))){
validate20.errors = [{instancePath:instancePath+"/source",schemaPath:"#/$defs/source/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data4.kind !== undefined){
let data5 = data4.kind;
const _errs12 = errors;
if(!((data5 === "directory") || (data5 === "git"))){
validate20.errors = [{instancePath:instancePath+"/source/kind",schemaPath:"#/$defs/source/properties/kind/enum",keyword:"enum",params:{allowedValues: schema32.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.revision !== undefined){
const _errs13 = errors;
if(typeof data4.revision !== "string"){
validate20.errors = [{instancePath:instancePath+"/source/revision",schemaPath:"#/$defs/source/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.dirty !== undefined){
const _errs15 = errors;
if(typeof data4.dirty !== "boolean"){
validate20.errors = [{instancePath:instancePath+"/source/dirty",schemaPath:"#/$defs/source/properties/dirty/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.specDigest !== undefined){
const _errs17 = errors;
if(typeof data4.specDigest !== "string"){
validate20.errors = [{instancePath:instancePath+"/source/specDigest",schemaPath:"#/$defs/source/properties/specDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.commit !== undefined){
const _errs19 = errors;
if(typeof data4.commit !== "string"){
validate20.errors = [{instancePath:instancePath+"/source/commit",schemaPath:"#/$defs/source/properties/commit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/source",schemaPath:"#/$defs/source/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tool !== undefined){
const _errs21 = errors;
if(typeof data.tool !== "string"){
validate20.errors = [{instancePath:instancePath+"/tool",schemaPath:"#/properties/tool/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.evaluator !== undefined){
const _errs23 = errors;
if(typeof data.evaluator !== "string"){
validate20.errors = [{instancePath:instancePath+"/evaluator",schemaPath:"#/properties/evaluator/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.generator !== undefined){
const _errs25 = errors;
if(typeof data.generator !== "string"){
validate20.errors = [{instancePath:instancePath+"/generator",schemaPath:"#/properties/generator/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.selection !== undefined){
let data13 = data.selection;
const _errs27 = errors;
const _errs28 = errors;
if(errors === _errs28){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
let missing2;
if((data13.refresh === undefined) && (missing2 = "refresh")){
validate20.errors = [{instancePath:instancePath+"/selection",schemaPath:"#/$defs/selection/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data13.actors !== undefined){
let data14 = data13.actors;
const _errs30 = errors;
if(errors === _errs30){
if(Array.isArray(data14)){
var valid5 = true;
const len0 = data14.length;
for(let i0=0; i0<len0; i0++){
const _errs32 = errors;
if(typeof data14[i0] !== "string"){
validate20.errors = [{instancePath:instancePath+"/selection/actors/" + i0,schemaPath:"#/$defs/selection/properties/actors/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs32 === errors;
if(!valid5){
break;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/selection/actors",schemaPath:"#/$defs/selection/properties/actors/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid4 = _errs30 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data13.types !== undefined){
let data16 = data13.types;
const _errs34 = errors;
if(errors === _errs34){
if(Array.isArray(data16)){
var valid6 = true;
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
const _errs36 = errors;
if(typeof data16[i1] !== "string"){
validate20.errors = [{instancePath:instancePath+"/selection/types/" + i1,schemaPath:"#/$defs/selection/properties/types/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs36 === errors;
if(!valid6){
break;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/selection/types",schemaPath:"#/$defs/selection/properties/types/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data13.refresh !== undefined){
const _errs38 = errors;
if(typeof data13.refresh !== "boolean"){
validate20.errors = [{instancePath:instancePath+"/selection/refresh",schemaPath:"#/$defs/selection/properties/refresh/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid4 = _errs38 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/selection",schemaPath:"#/$defs/selection/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.summary !== undefined){
const _errs40 = errors;
if(!(validate21(data.summary, {instancePath:instancePath+"/summary",parentData:data,parentDataProperty:"summary",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
var valid0 = _errs40 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.guards !== undefined){
let data20 = data.guards;
const _errs41 = errors;
if(errors === _errs41){
if(Array.isArray(data20)){
var valid7 = true;
const len2 = data20.length;
for(let i2=0; i2<len2; i2++){
let data21 = data20[i2];
const _errs43 = errors;
const _errs44 = errors;
if(errors === _errs44){
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
let missing3;
if((((data21.name === undefined) && (missing3 = "name")) || ((data21.result === undefined) && (missing3 = "result"))) || ((data21.message === undefined) && (missing3 = "message"))){
validate20.errors = [{instancePath:instancePath+"/guards/" + i2,schemaPath:"#/$defs/guard/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data21.name !== undefined){
let data22 = data21.name;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data22 === "string"){
if(func1(data22) < 1){
validate20.errors = [{instancePath:instancePath+"/guards/" + i2+"/name",schemaPath:"#/$defs/guard/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/guards/" + i2+"/name",schemaPath:"#/$defs/guard/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs46 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data21.result !== undefined){
let data23 = data21.result;
const _errs48 = errors;
if(!(((data23 === "pass") || (data23 === "warn")) || (data23 === "deny"))){
validate20.errors = [{instancePath:instancePath+"/guards/" + i2+"/result",schemaPath:"#/$defs/guard/properties/result/enum",keyword:"enum",params:{allowedValues: schema36.properties.result.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid9 = _errs48 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data21.message !== undefined){
const _errs49 = errors;
if(typeof data21.message !== "string"){
validate20.errors = [{instancePath:instancePath+"/guards/" + i2+"/message",schemaPath:"#/$defs/guard/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid9 = _errs49 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data21.actors !== undefined){
let data25 = data21.actors;
const _errs51 = errors;
if(errors === _errs51){
if(Array.isArray(data25)){
var valid10 = true;
const len3 = data25.length;
for(let i3=0; i3<len3; i3++){
const _errs53 = errors;
if(typeof data25[i3] !== "string"){
validate20.errors = [{instancePath:instancePath+"/guards/" + i2+"/actors/" + i3,schemaPath:"#/$defs/guard/properties/actors/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid10 = _errs53 === errors;
if(!valid10){
break;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/guards/" + i2+"/actors",schemaPath:"#/$defs/guard/properties/actors/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid9 = _errs51 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/guards/" + i2,schemaPath:"#/$defs/guard/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid7 = _errs43 === errors;
if(!valid7){
break;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/guards",schemaPath:"#/properties/guards/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.types !== undefined){
let data27 = data.types;
const _errs55 = errors;
if(errors === _errs55){
if(Array.isArray(data27)){
var valid11 = true;
const len4 = data27.length;
for(let i4=0; i4<len4; i4++){
const _errs57 = errors;
if(!(validate23(data27[i4], {instancePath:instancePath+"/types/" + i4,parentData:data27,parentDataProperty:i4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
var valid11 = _errs57 === errors;
if(!valid11){
break;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/types",schemaPath:"#/properties/types/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs55 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actors !== undefined){
let data29 = data.actors;
const _errs58 = errors;
if(errors === _errs58){
if(Array.isArray(data29)){
var valid12 = true;
const len5 = data29.length;
for(let i5=0; i5<len5; i5++){
const _errs60 = errors;
if(!(validate25(data29[i5], {instancePath:instancePath+"/actors/" + i5,parentData:data29,parentDataProperty:i5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid12 = _errs60 === errors;
if(!valid12){
break;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/actors",schemaPath:"#/properties/actors/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs58 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.base !== undefined){
const _errs61 = errors;
if(!(validate29(data.base, {instancePath:instancePath+"/base",parentData:data,parentDataProperty:"base",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
var valid0 = _errs61 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate20.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":{"formatVersion":true,"id":true,"createdAt":true,"digest":true,"source":true,"tool":true,"evaluator":true,"generator":true,"selection":true,"summary":true,"guards":true,"types":true,"actors":true,"base":true},"dynamicProps":false,"dynamicItems":false};

