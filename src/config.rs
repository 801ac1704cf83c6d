//! The project file, `dignity.yaml`, and what is wrong in it.
