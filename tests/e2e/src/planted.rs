//! A difference of known size between two clients that are otherwise the same: the lab waits longer for the requests of one.

/// The client that is not slowed, and the one that is: `planted_ms` in the query of `/lab/delay` says by how much.
pub const VARIANTS: [&str; 2] = ["axios:reused", "ky:reused"];

/// What to serve in place of the real modules of those clients: plain fetch, told apart by a header alone.
pub const MODULES: [(&str, &str); 2] = [
    (
        "engine/clients/axios.js",
        "import { create as plain } from './js-fetch.js';
         export const create = (build) => plain({ ...build, headers: [...build.headers, ['lab-another', '1']] });",
    ),
    (
        "engine/clients/ky.js",
        "import { create as plain } from './js-fetch.js';
         export const create = (build) => plain({ ...build, headers: [...build.headers, ['lab-planted', '1']] });",
    ),
];
