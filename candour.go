// Package candour holds what the program ships besides its code: its version, and the settings of the content repository
// that it is itself, which candour init writes out as a starter.
package candour

import "embed"

// Version is the program's version.
const Version = "0.1.0"

// Starter holds candour.toml and static/; content/ and the rest have packages of their own.
//
//go:embed candour.toml
var Starter embed.FS
