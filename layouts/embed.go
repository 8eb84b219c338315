// Package layouts is the folder in which this repository, like any other
// content repository, may override the theme's files. It overrides none.
package layouts

import "embed"

// FS holds the note that a starter repository finds in its own layouts folder.
//
//go:embed README.md
var FS embed.FS
