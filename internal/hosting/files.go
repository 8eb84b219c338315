package hosting

import (
	"encoding/json"
	"fmt"
	"strings"
)

// mostRules is how many addresses are named one by one; Cloudflare takes 100 rules.
const mostRules = 80

const transport = "Strict-Transport-Security: max-age=31536000"

// headersFile is for Netlify, Cloudflare Pages and hosts that read the same. They send the headers of every rule that
// fits, and join two of one name with a comma, so that no header stands in two rules that can fit one file. That is why
// pages have no Cache-Control here: these hosts ask for them again each time by themselves.
func (s Site) headersFile(constant []string) []byte {
	var b strings.Builder
	b.WriteString("# Made by candour. What the host sends with this site's files.\n")
	b.WriteString("# Once the whole host name answers by https and always will, add below the first rule:\n#   " + transport + "\n\n")
	rule := func(address string, headers ...Header) {
		b.WriteString(address + "\n")
		for _, h := range headers {
			fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
		}
		b.WriteString("\n")
	}
	all := s.always()
	if !s.Public {
		all = append(all, Header{"X-Robots-Tag", "noindex"})
	}
	if s.Guarded {
		all = append(all, Header{"Cache-Control", cacheNever})
	}
	rule(s.Base+"*", all...)
	for _, address := range constant[:min(len(constant), mostRules)] {
		rule(address, Header{"Cache-Control", cacheForGood})
	}
	for _, k := range s.kinds() {
		rule(s.Base+"*"+k.suffix, Header{"Content-Type", k.mediaType})
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

// nginx is to be included in a server block. add_header stands at one level alone: a location with one of its own would
// lose all the others.
func (s Site) nginx() []byte {
	var b strings.Builder
	b.WriteString("# Made by candour. Put this into the server { } block that serves the site, below its root:\n")
	b.WriteString("#   include /the/folder/of/the/site/" + nginxName + ";\n")
	b.WriteString("# Once the whole host name answers by https and always will, add there:\n")
	b.WriteString("#   add_header Strict-Transport-Security \"max-age=31536000\" always;\n\n")
	b.WriteString("index index.html;\nerror_page 404 " + s.Base + "404.html;\ncharset utf-8;\nserver_tokens off;\n\n")
	for _, h := range s.always() {
		fmt.Fprintf(&b, "add_header %s %q always;\n", h.Name, h.Value)
	}
	if !s.Public {
		b.WriteString("add_header X-Robots-Tag \"noindex\" always;\n")
	}
	if s.Guarded {
		fmt.Fprintf(&b, "add_header Cache-Control %q always;\n", cacheNever)
	} else {
		fmt.Fprintf(&b, "\nset $candour_cache %q;\nif ($uri ~ \"\\.[0-9a-f]{64}\\.[a-z0-9]+$\") { set $candour_cache %q; }\nadd_header Cache-Control $candour_cache always;\n", cacheShort, cacheForGood)
	}
	b.WriteString("\n# Types that nginx does not know, or gives no character set\n")
	for _, k := range s.kinds() {
		fmt.Fprintf(&b, "location ~ %s$ { types { } charset off; default_type %q; }\n", strings.ReplaceAll(k.suffix, ".", `\.`), k.mediaType)
	}
	fmt.Fprintf(&b, "\n# Settings are not for readers\nlocation ~ ^%s(%s|%s|%s)$ { return 404; }\n", s.Base, headersName, strings.ReplaceAll(nginxName, ".", `\.`), strings.ReplaceAll(azureName, ".", `\.`))
	return []byte(b.String())
}

// azure is for Azure Static Web Apps. A header of a route takes the place of the global one of that name.
func (s Site) azure(constant []string) []byte {
	global := map[string]string{"Cache-Control": cacheShort}
	if s.Guarded {
		global["Cache-Control"] = cacheNever
	}
	for _, h := range s.always() {
		global[h.Name] = h.Value
	}
	if !s.Public {
		global["X-Robots-Tag"] = "noindex"
	}
	types := map[string]string{".json": "application/json"}
	for _, k := range s.kinds() {
		if strings.HasPrefix(k.suffix, ".") {
			types[k.suffix] = k.mediaType
		}
	}
	routes := []map[string]any{}
	for _, address := range constant[:min(len(constant), mostRules)] {
		routes = append(routes, map[string]any{"route": address, "headers": map[string]string{"Cache-Control": cacheForGood}})
	}
	data, err := json.MarshalIndent(map[string]any{
		"globalHeaders":     global,
		"mimeTypes":         types,
		"responseOverrides": map[string]any{"404": map[string]string{"rewrite": s.Base + "404.html"}},
		"routes":            routes,
		"trailingSlash":     "auto",
	}, "", "  ")
	if err != nil {
		panic("settings of texts do not encode")
	}
	return append(data, '\n')
}
