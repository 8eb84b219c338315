package redact

import (
	"maps"
	"slices"
	"strings"
	"time"

	"candour/internal/vetting"
)

// params builds the front matter again from decoded values. A withheld value is a marker or absent; a withheld table or
// array of tables is absent and named in Withheld.
func (c *Cleared) params(p *Page, src *vetting.Page) {
	p.Withheld = map[string]Marker{}
	byName := make(map[string]*vetting.Field, len(src.Fields))
	for i := range src.Fields {
		f := &src.Fields[i]
		byName[f.Name()] = f
	}
	root := map[string]any{}
	for key, v := range src.Front {
		switch key {
		case "withhold", "release", "signoff", "level", "reading_age_target", "attachments":
			continue
		}
		if name, ok := v.(string); ok && key == "photo" {
			if f := c.withheldFile(src, name); f != nil {
				if f.Shown {
					root[key] = c.marker(src.Lang, f.Reason)
				}
				continue
			}
			if f := src.BundleFile(name); f != nil {
				v = f.Name // as it is written on disk
			}
		}
		if out, ok := c.value(p, []string{key}, v, byName); ok {
			root[key] = out
		}
	}
	p.Params = root
}

// value copies what is cleared of a value; ok is false where nothing of it is left.
func (c *Cleared) value(p *Page, path []string, v any, byName map[string]*vetting.Field) (any, bool) {
	if f := byName[strings.Join(path, ".")]; f != nil {
		if f.Level <= c.edition.Clearance {
			return plain(f.Value), true
		}
		if whole := f.Whole(c.edition.Clearance); whole != nil {
			c.gone(p, path[:min(len(path)-whole.Steps, f.Named)], whole.Reason, whole.Shown)
			return nil, false
		}
		if f.Named < len(path) { // a key of the author's own may be somebody's name
			c.gone(p, path[:f.Named], f.Reason, f.Shown)
			return nil, false
		}
		if !f.Shown {
			return nil, false
		}
		marker := c.marker(p.Lang, f.Reason)
		if items, ok := f.Value.([]any); ok {
			if len(items) > 0 {
				if _, tables := items[0].(map[string]any); tables {
					c.gone(p, path, f.Reason, f.Shown)
					return nil, false
				}
			}
			return []any{marker}, true
		}
		if _, ok := f.Value.(map[string]any); ok {
			c.gone(p, path, f.Reason, f.Shown)
			return nil, false
		}
		return marker, true
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if cleared, ok := c.value(p, append(slices.Clone(path), key), v[key], byName); ok {
				out[key] = cleared
			}
		}
		return out, len(out) > 0
	case []any:
		out := []any{}
		for i, item := range v {
			cleared, ok := c.value(p, append(slices.Clone(path), itoa(i)), item, byName)
			if !ok {
				continue
			}
			if s, text := cleared.(string); text && len(out) > 0 && out[len(out)-1] == s && c.repo.Say(p.Lang).IsMarker(s) {
				continue // equal markers side by side become one
			}
			out = append(out, cleared)
		}
		return out, len(out) > 0 || len(v) == 0
	}
	return plain(v), true
}

// gone notes that a table or array is withheld. An item of an array is noted under the array, so that the note does not
// tell which or how many.
func (c *Cleared) gone(p *Page, path []string, reason string, shown bool) {
	if !shown {
		return
	}
	name := slices.Clone(path)
	for len(name) > 1 && isIndex(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	p.Withheld[strings.Join(name, "/")] = Marker{c.marker(p.Lang, reason), reason}
}

// plain turns decoded TOML into what templates know: dates as RFC 3339 text, everything else as it is.
func plain(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, item := range v {
			out[k] = plain(item)
		}
		return out
	case string, bool, int64, float64:
		return v
	}
	if at, dateOnly, ok := isDate(v); ok {
		if dateOnly {
			return at.Format(time.DateOnly)
		}
		return at.Format(time.RFC3339)
	}
	return v
}
