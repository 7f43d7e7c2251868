// The same in the worker, whose address says where the files are (files.js).

const places = new URLSearchParams(location.hash.slice(1));

export const engineModule = () => places.get("engine");

export const reqwestModule = () => places.get("reqwest");

export function startPython() {
  throw "absent: the npm package leaves it out";
}

export const importClient = (name) => import(`../../../dist/engine/clients/${name}.js`);
