package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candour/internal/cli"
	"candour/internal/deploy"
)

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const shared = `title = "Shared materials"
base_url = "https://shared.example/"
language = "en-GB"
organisation = "Department of Examples"
[contact]
email = "team@shared.example"
`

func leaflet(words string) string {
	return "+++\ntitle = \"Stay together\"\nsummary = \"Why nobody should be alone.\"\ndate = 2026-11-01\nsetting = \"festival\"\naudience = [\"public\"]\n+++\n\n" + words + "\n"
}

// A site takes a pack from a bucket, by its name or as the newest of a folder; from then on it is built without the bucket, by
// the program without clients too, and an update comes from there again.
func TestPackFromBucket(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("CANDOUR_PASSPHRASE", "four or five words")
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	candour(t, "pack", "keygen", at("national")).must(t, 0)
	pub, err := os.ReadFile(at("national.pub"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(pub)), "\n")
	key := lines[len(lines)-1]
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	b, ctx := bucketAt(t, s3(name, d.URL)), context.Background()
	put := func(file string, data []byte) {
		t.Helper()
		if err := b.Put(ctx, file, data, deploy.Attributes{Type: "application/octet-stream"}); err != nil {
			t.Fatal(err)
		}
	}
	publish := func(version, words string) {
		t.Helper()
		write(t, at("publisher", "candour.toml"), shared)
		write(t, at("publisher", "content", "leaflets", "festival", "stay.md"), leaflet(words))
		file := at("national-" + version + ".pack")
		candour(t, "approve", "--source", at("publisher"), at("publisher", "content", "leaflets", "festival", "stay.md"), "--role", "public-health").must(t, 0)
		candour(t, "pack", "create", "--source", at("publisher"), "--name", "national", "--version", version, "--key", at("national.key"), "--output", file).must(t, 0)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		put("packs/national-"+version+".pack", data)
	}
	publish("1", "Stay together all night.")
	put("packs/readme.txt", []byte("not a pack"))
	put("packs/old/national-0.pack", []byte("not for us"))

	query := strings.SplitN(s3(name, d.URL), "?", 2)[1]
	one, folder := "s3://"+name+"/packs/national-1.pack?"+query, "s3://"+name+"/packs/?"+query
	config := strings.Replace(shared, "shared.example/", "plan.eastmere.example/", 1)
	for site, source := range map[string]string{"by-name": one, "by-folder": folder} {
		write(t, at(site, "candour.toml"), config)
		candour(t, "pack", "add", "national", source, "--key", key, "--source", at(site)).must(t, 0, "published by Department of Examples")
	}

	// Offline, the locked copy serves, in either program.
	d.met(func(w http.ResponseWriter, _ *http.Request) bool {
		return refused(w, http.StatusForbidden, "AccessDenied")
	})
	d.forget()
	candour(t, "build", "--source", at("by-folder"), "--quiet").must(t, 0)
	if len(d.asked) > 0 {
		t.Errorf("a build asked the bucket: %v", d.asked)
	}
	lean := func(args ...string) result {
		var stdout, stderr bytes.Buffer
		e := env(&stdout, &stderr)
		e.OpenBucket = nil
		code := cli.Run(context.Background(), append(args, "--source", at("by-folder")), e)
		return result{code, stdout.String(), stderr.String()}
	}
	lean("build", "--quiet").must(t, 0)
	lean("pack", "update", "national").must(t, 1, "its source is a bucket (s3://), and this program has no client for it", "use candour-cloud in its place")
	page, err := os.ReadFile(at("by-folder", "public", "leaflets", "festival", "stay", "index.html"))
	if err != nil || !strings.Contains(string(page), "Stay together all night") {
		t.Errorf("the page is not there: %v", err)
	}
	candour(t, "pack", "update", "national", "--source", at("by-folder")).must(t, 1, "its source cannot be read: the store refuses this account")

	// A newer version.
	d.met(nil)
	publish("2", "Stay together until the last train.")
	candour(t, "pack", "update", "--diff", "national", "--source", at("by-folder")).must(t, 0, "last train")
	candour(t, "pack", "update", "national", "--source", at("by-folder")).must(t, 0)
	candour(t, "pack", "list", "--source", at("by-folder")).must(t, 0, "national 2, published by")

	// What is not there, not a pack, or too much.
	add := func(source string) result {
		write(t, at("other", "candour.toml"), config)
		return candour(t, "pack", "add", "national", source, "--key", key, "--source", at("other"))
	}
	add("s3://"+name+"/packs/national-9.pack?"+query).must(t, 1, "there is no pack at its source")
	add("s3://"+name+"/nothing/?"+query).must(t, 1, "there is no pack at its source")
	add("s3://eastmere-nowhere/national-1.pack?"+query).must(t, 1, "there is no such bucket")
	add("s3://"+name+"/packs/national-1.pack?endpoint=http://store.example").must(t, 1, "without encryption")
	put("bad/national-1.pack", []byte("not a pack"))
	add("s3://"+name+"/bad/national-1.pack?"+query).must(t, 1, "is refused")
	put("bad/national-2.pack", make([]byte, 65<<20))
	add("s3://"+name+"/bad/national-2.pack?"+query).must(t, 1, "of more than 64 MB")
}
