// Command candour-cloud is candour with clients for Amazon S3 and what speaks its language, Azure Blob Storage and Google
// Cloud Storage. They would double the size of the default program, so they are a module of their own.
package main

import (
	"os"

	"candour/internal/cli"
)

func main() { os.Exit(cli.MainWith(os.Args[1:], open)) }
