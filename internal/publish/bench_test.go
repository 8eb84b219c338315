package publish

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"candour/internal/output"
)

// bigSite is ten thousand pages in ten thousand folders, 62 MB.
func bigSite(pages, size int) output.Site {
	random := rand.New(rand.NewPCG(1, 2))
	var site output.Site
	for i := range pages {
		data := make([]byte, size)
		for k := range data {
			data[k] = byte(' ' + random.IntN(90))
		}
		site.Files = append(site.Files, output.File{Path: fmt.Sprintf("plans/plan-%05d/index.html", i), Data: data})
	}
	site.Sort()
	return site
}

// BenchmarkFirst publishes into a new folder.
func BenchmarkFirst(b *testing.B) {
	site := bigSite(10_000, 6_200)
	for b.Loop() {
		b.StopTimer()
		dir := filepath.Join(b.TempDir(), "public")
		b.StartTimer()
		if _, err := Write(b.Context(), site, Options{Dir: dir}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOneChanged publishes over a site of which one page differs.
func BenchmarkOneChanged(b *testing.B) {
	site := bigSite(10_000, 6_200)
	dir := filepath.Join(b.TempDir(), "public")
	if _, err := Write(b.Context(), site, Options{Dir: dir}); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		site.Files[77].Data = fmt.Appendf(nil, "edit %d", i)
		r, err := Write(b.Context(), site, Options{Dir: dir})
		if err != nil || r.Written != 1 {
			b.Fatal(r, err)
		}
	}
}

// BenchmarkAllChanged publishes over a site of which every page differs.
func BenchmarkAllChanged(b *testing.B) {
	site := bigSite(10_000, 6_200)
	dir := filepath.Join(b.TempDir(), "public")
	for i := 0; b.Loop(); i++ {
		for k := range site.Files {
			site.Files[k].Data[0] = byte(i)
		}
		if _, err := Write(b.Context(), site, Options{Dir: dir}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUnchanged publishes the same site with another clock.
func BenchmarkUnchanged(b *testing.B) {
	site := bigSite(10_000, 6_200)
	dir := filepath.Join(b.TempDir(), "public")
	for i := 0; b.Loop(); i++ {
		if _, err := Write(b.Context(), site, Options{Dir: dir, Manifest: Manifest{Clock: fmt.Sprint(i)}}); err != nil {
			b.Fatal(err)
		}
	}
}
