//go:build !unix

package cli

// noCoreDumps has nothing to do: such systems ask before they write one.
func noCoreDumps() {}
