package deploy

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"candour/internal/hosting"
	"candour/internal/publish"
)

// Difference is a file that is not as the manifest says.
type Difference struct{ Path, What string }

// What is wrong with a file.
const (
	Missing    = "is missing"
	Changed    = "is not what the manifest says"
	NotOurs    = "does not belong there"
	Unreadable = "could not be read"
)

// Verify compares what a bucket holds with a manifest, byte by byte; want is the bucket's own where it is nil. The error is
// a *Refusal where the bucket holds no manifest.
func Verify(ctx context.Context, b Bucket, want *publish.Manifest, keep []string) (*publish.Manifest, []Difference, error) {
	data, err := b.Get(ctx, publish.ManifestName)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, nil, err
	}
	m := parseManifest(data)
	if m == nil {
		return nil, nil, refuse("check the address; candour deploy puts a site there", "there is no manifest of candour")
	}
	there, err := b.List(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	var out []Difference
	if want != nil && !same(m, want) {
		out = append(out, Difference{publish.ManifestName, Changed})
		m = want
	}
	mine := map[string]bool{publish.ManifestName: true}
	for _, e := range m.Files {
		mine[e.Path] = true
	}
	for _, o := range there {
		if !mine[o.Key] && !strings.HasPrefix(o.Key, lockPrefix) && !kept(o.Key, keep) {
			out = append(out, Difference{o.Key, NotOurs})
		}
	}
	more, err := compare(ctx, m.Files, b.Get)
	return m, sorted(append(out, more...)), err
}

func same(a, b *publish.Manifest) bool {
	return a.Edition == b.Edition && a.Clock == b.Clock && a.Version == b.Version && slices.Equal(a.Files, b.Files)
}

func sorted(list []Difference) []Difference {
	slices.SortFunc(list, func(a, b Difference) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.What, b.What)) })
	return list
}

// compare gets every file, a few at a time.
func compare(ctx context.Context, files []publish.FileEntry, get func(context.Context, string) ([]byte, error)) ([]Difference, error) {
	found := make([]string, len(files))
	room := make(chan struct{}, 8)
	var wg sync.WaitGroup
	for i, e := range files {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			if ctx.Err() != nil {
				return
			}
			data, err := get(ctx, e.Path)
			switch {
			case errors.Is(err, ErrNotFound) && hosting.Owns(e.Path): // hosts take their settings and do not hand them out
			case errors.Is(err, ErrNotFound):
				found[i] = Missing
			case err != nil:
				found[i] = Unreadable
			case !matches(data, e):
				found[i] = Changed
			}
		})
	}
	wg.Wait()
	var out []Difference
	for i, what := range found {
		if what != "" {
			out = append(out, Difference{files[i].Path, what})
		}
	}
	return out, ctx.Err()
}
