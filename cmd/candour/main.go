// Command candour compiles a content repository of public plans and harm-reduction materials into accessible static
// sites, one per edition, and proves that nothing an edition is not cleared for is in any byte of it.
package main

import (
	"os"

	"candour/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
