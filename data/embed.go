// Package data embeds what the program ships of data/: the field schema, the vocabularies and the list of common words,
// and the figures of the starter, which no other site sees.
// A site's own data/ folder is laid over it, key by key.
package data

import "embed"

// FS holds the files of this folder by their names: reasons.toml, schema/plans.toml, common-words.txt, and the
// vocabularies in other languages: cy/reasons.toml.
//
//go:embed *.toml *.txt *.csv schema cy pl ur
var FS embed.FS
