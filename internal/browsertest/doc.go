// Package browsertest looks at the built starter site as a reader's browser does. It is all tests, behind the build tag
// browser, since they need Chromium, Java and what `make setup` installs:
//
//	go test -tags browser ./internal/browsertest/
//
// In the public edition every kind of page in every language, in each state that it takes and with everything that it may hold,
// is looked at on a phone and a desktop, zoomed, with wider text spacing, in the dark scheme, in forced colours, with reduced
// motion, on paper, by keyboard and without scripts; of the edition that shows most, what it has of each kind. Every other page
// is looked at on a phone. All are served with the site's own _headers, and what its policy blocks, what moves while a page
// loads and what leaves a cookie is found on each. Everything found is reported, sorted, by page.
//
// What pages do is done to them, with the keyboard: templates are copied, leaflets filled in and printed, the site searched.
//
// CANDOUR names a program to build the site with (else it is compiled), CANDOUR_SITE a folder that holds a site already; both may be
// relative to the repository.
package browsertest
