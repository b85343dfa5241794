/**
 * What the report does beyond HTML: unpacks actors far down the list when they come near (the report holds them compressed, as HTML that
 * is escaped already), filters the list, opens and closes all that is shown. Asks nobody for anything.
 */
export const PLAN_SCRIPT = `
(function(){
'use strict';
var tools=document.getElementById('tools');if(!tools||!window.DecompressionStream)return;
var field=document.getElementById('filter'),said=document.getElementById('shown'),wanted='';
function all(){return Array.from(document.querySelectorAll('details.actor'))}
function fits(item){return item.indexOf(wanted)>=0}
function sift(place){place.querySelectorAll('details.actor').forEach(function(actor){actor.hidden=!fits(actor.dataset.find)})}
async function fill(group){
  var held=group.querySelector('script');if(!held)return;
  var bytes=Uint8Array.from(atob(held.textContent),function(c){return c.charCodeAt(0)});held.remove();
  group.innerHTML=await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  group.classList.remove('held');sift(group);
}
var watch=new IntersectionObserver(function(entries){entries.forEach(function(entry){if(entry.isIntersecting){watch.unobserve(entry.target);fill(entry.target)}})},{rootMargin:'1500px'});
document.querySelectorAll('.held').forEach(function(group){watch.observe(group)});
function show(){
  wanted=field.value.trim().toLowerCase();var count=0,sum=0;
  document.querySelectorAll('.group').forEach(function(group){
    var names=group.dataset.find.split('\u00a6'),found=names.filter(fits).length;
    group.hidden=!found;sum+=names.length;count+=found;sift(group);
  });
  said.textContent=wanted?count+' of '+sum+' shown':'';
}
var wait;field.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(show,150)});
document.getElementById('open').addEventListener('click',function(){all().filter(function(actor){return !actor.hidden}).slice(0,100).forEach(function(actor){actor.open=true})});
document.getElementById('close').addEventListener('click',function(){all().forEach(function(actor){actor.open=false})});
document.addEventListener('keydown',function(event){if(event.key==='/'&&!/^(INPUT|TEXTAREA)$/.test(event.target.tagName)){event.preventDefault();field.focus()}});
tools.hidden=false;
})();
`;
