//! A rule as it is written. The only module that knows the YAML library.
