pub(crate) mod abort;
pub(crate) mod body;
pub(crate) mod headers;
pub(crate) mod simple;
