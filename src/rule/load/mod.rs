//! Gathers rule files into a rule set.
