package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"candour/internal/deploy"
	"candour/internal/output"
	"candour/internal/publish"
)

// hashed names a file as the program names those that never change.
func hashed(name, digit, ext string) string { return name + "." + strings.Repeat(digit, 64) + ext }

var (
	oldCSS, newCSS = hashed("css/site", "a", ".css"), hashed("css/site", "b", ".css")

	// before and after are two versions of a site. A page says what it shows.
	before = map[string]string{
		oldCSS: "old", "index.html": "uses=" + oldCSS + " uses=gone.png", "gone.png": "x", "gone/index.html": "uses=gone.png uses=" + oldCSS,
		"stays/index.html": "uses=" + oldCSS, "same.txt": "same", "same/index.html": "the same in both", "sitemap.xml": "1", "alerts/feed.atom": "1",
		"alerts/feed.json": "1", "404.html": "uses=" + oldCSS, "robots.txt": "User-agent: *",
	}
	after = map[string]string{
		newCSS: "new", "index.html": "uses=" + newCSS + " uses=new.png", "new.png": "y", "new/index.html": "uses=new.png uses=" + newCSS,
		"stays/index.html": "uses=" + newCSS, "same.txt": "same", "same/index.html": "the same in both", "sitemap.xml": "2", "alerts/feed.atom": "2",
		"alerts/feed.json": "2", "404.html": "uses=" + newCSS, "robots.txt": "User-agent: *",
	}
)

// built publishes a site and returns its folder.
func built(t *testing.T, edition string, files ...map[string]string) string {
	t.Helper()
	all := map[string]string{}
	for _, f := range files {
		maps.Copy(all, f)
	}
	var site output.Site
	for p, text := range all {
		site.Files = append(site.Files, output.File{Path: p, Data: []byte(text)})
	}
	dir := filepath.Join(t.TempDir(), "site")
	if _, err := publish.Write(context.Background(), site, publish.Options{Dir: dir, Manifest: publish.Manifest{Edition: edition, Clearance: edition, BaseURL: "https://plan.eastmere.example/"}}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// nowhere is a folder without a candour.toml: a target that it does not mark is for the public edition.
func nowhere(t *testing.T) []string { return []string{"--source", t.TempDir()} }

func send(t *testing.T, address, from string, more ...string) result {
	t.Helper()
	return candour(t, append(append([]string{"deploy", address, "--from", from}, nowhere(t)...), more...)...)
}

func verify(t *testing.T, address string, more ...string) result {
	t.Helper()
	return candour(t, append(append([]string{"verify", address}, nowhere(t)...), more...)...)
}

var uses = regexp.MustCompile(`uses=(\S+)`)

func bucketAt(t *testing.T, address string) deploy.Bucket {
	t.Helper()
	b, err := open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lacking is the first page of a bucket that shows a file which is not there; "" for none.
func lacking(t *testing.T, b deploy.Bucket) string {
	t.Helper()
	there, err := b.List(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, o := range there {
		have[o.Key] = true
	}
	for _, o := range there {
		if !strings.HasSuffix(o.Key, ".html") {
			continue
		}
		page, err := b.Get(context.Background(), o.Key)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range uses.FindAllSubmatch(page, -1) {
			if !have[string(u[1])] {
				return fmt.Sprintf("%s lacks %s", o.Key, u[1])
			}
		}
	}
	return ""
}

// read gets a page as a reader does, and then what it shows. The error says what was missing.
func read(b deploy.Bucket, page string) error {
	data, err := b.Get(context.Background(), page)
	if errors.Is(err, deploy.ErrNotFound) {
		return nil // gone, or not there yet: a reader is told so, and has no page that lacks anything
	}
	if err != nil {
		return err
	}
	for _, u := range uses.FindAllSubmatch(data, -1) {
		if _, err := b.Get(context.Background(), string(u[1])); err != nil {
			return fmt.Errorf("%s shows %s: %w", page, u[1], err)
		}
	}
	return nil
}
