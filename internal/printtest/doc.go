// Package printtest proves what candour print makes, with the program itself and with other people's readers of its formats.
// It is all tests, behind the build tag browser, since they need Chromium, poppler, zbar, epubcheck, liblouis, espeak-ng and lame,
// all of which `make setup` installs:
//
//	go test -tags browser ./internal/printtest/
//
// CANDOUR names the program (else it is compiled); it may be relative to the repository.
package printtest
