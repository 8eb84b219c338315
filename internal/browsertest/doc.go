// Package browsertest looks at the built starter site as a reader's browser does. It is all tests, behind the build tag
// browser, since they need Chromium, Java and what `make setup` installs:
//
//	go test -tags browser ./internal/browsertest/
//
// Every page of every edition is looked at on a phone and a desktop, zoomed, with wider text spacing, in the dark scheme, in
// forced colours, on paper, by keyboard and without scripts. Everything found is reported, sorted, by page.
//
// CANDOUR names a program to build the site with (else it is compiled), CANDOUR_SITE a folder that holds a site already; both may be
// relative to the repository.
package browsertest
