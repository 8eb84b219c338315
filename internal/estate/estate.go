// Package estate builds many sites at once: what estate.toml lists, which of it a shard has to do, and a report of what
// every site has published, taken and left undone.
//
// Reach for [Read], then [Run]. A site is built by a [Worker], which does one job after another; a process of its own for
// each worker is how more than one processor is used, since Hugo makes one site at a time in a process.
package estate

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"candour/internal/diag"
)

// File is the usual name of a list of sites.
const File = "estate.toml"

// Estate is a list of sites.
type Estate struct {
	Sites  []Site // sorted by name
	Packs  []Pack // whose newest version the report compares with
	Digest string // of the file's bytes, hexadecimal
}

// Site is one content repository of the list.
type Site struct {
	Name     string
	Folder   string // as it is written, slashed, for messages
	Dir      string // absolute
	Editions []Edition
	at       places
}

// Edition is one edition of a site and where it goes.
type Edition struct {
	Name   string
	Output string // absolute
}

// Pack says where the newest version of a pack is.
type Pack struct {
	Name, Source, Key string
	At                diag.Pos
}

// places are where estate.toml says what.
type places struct{ name, folder, output diag.Pos }

// Shard is a part of an estate: number K of N, counted from 0. Its zero value is the whole.
type Shard struct{ K, N int }

// Of gives the sites of a shard. They are dealt by their order, sorted by name, like cards: the same list gives the same
// shards wherever it is divided, and none has more than one site more than another.
func (s Shard) Of(sites []Site) []Site {
	if s.N == 0 {
		return sites
	}
	var out []Site
	for i, site := range sites {
		if i%s.N == s.K {
			out = append(out, site)
		}
	}
	return out
}

// jobs are the builds to be done, in the order of the report.
func jobs(sites []Site) []Job {
	var out []Job
	for _, s := range sites {
		for _, e := range s.Editions {
			out = append(out, Job{Site: s.Name, Folder: s.Folder, Dir: s.Dir, Edition: e.Name, Output: e.Output})
		}
	}
	return out
}

func (e *Estate) sort() {
	slices.SortStableFunc(e.Sites, func(a, b Site) int { return cmp.Compare(a.Name, b.Name) })
}

// slashed names a folder below base with forward slashes, for messages and reports that are the same on every machine.
func slashed(base, dir string) string {
	if rel, err := filepath.Rel(base, dir); err == nil {
		return strings.TrimSuffix(filepath.ToSlash(rel), "/")
	}
	return filepath.ToSlash(dir)
}
