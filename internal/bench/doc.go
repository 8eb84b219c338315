// Package bench measures candour against plain Hugo on the same content: whole processes, side by side, pair by pair.
//
// [Corpus] makes a content repository of any size, [Run] builds it with both programs and returns a [Report], which prints
// itself with its targets. The program beside it, candour-bench, is what `make bench` runs.
//
// Plain Hugo is given the copy that is already redacted, with the same theme, so that both programs write the same
// pages. Candour's time holds everything from reading the source to the swapped-in site: redaction, audit, publishing.
package bench
