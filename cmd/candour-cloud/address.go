package main

import (
	"context"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"gocloud.dev/blob"

	"candour/internal/deploy"
	"candour/internal/nearmiss"
)

// settings are what an address may say of a store, by scheme. None of them is a secret: accounts come from where each
// cloud's own tools have them.
var settings = map[string][]string{
	"s3": {"region", "endpoint", "profile", "role", "use_path_style", "anonymous", "dualstack", "fips", "ssetype", "kmskeyid",
		"request_checksum_calculation", "response_checksum_validation"},
	"azblob": {"storage_account", "domain", "protocol", "localemu"},
	"gs":     {"anonymous", "universe_domain"},
}

// example shows how an address is written.
var example = map[string]string{
	"s3":     "s3://eastmere-plan?region=eu-west-2",
	"azblob": "azblob://$web?storage_account=eastmereplan",
	"gs":     "gs://eastmere-plan",
}

// open takes an address SCHEME://BUCKET/FOLDER?SETTINGS; without a folder the site is at the top of the bucket.
func open(ctx context.Context, address string) (deploy.Bucket, error) {
	u, err := url.Parse(address)
	if err != nil || settings[u.Scheme] == nil || u.Host == "" || u.Fragment != "" {
		return nil, &deploy.Refusal{Text: "that is no address of a bucket", Hint: "write it like " + example["s3"]}
	}
	if u.User != nil {
		return nil, &deploy.Refusal{Text: "an address of a bucket holds a name or a key", Hint: "take it out; docs/deploying.md says where accounts come from"}
	}
	q := u.Query()
	for name := range q {
		if !slices.Contains(settings[u.Scheme], name) {
			return nil, &deploy.Refusal{Text: "the bucket's address has a setting that is not known" + nearmiss.Suffix(name, settings[u.Scheme]),
				Hint: "it takes " + strings.Join(settings[u.Scheme], ", ") + "; write it like " + example[u.Scheme]}
		}
	}
	if e := q.Get("endpoint"); e != "" && !encrypted(e) || q.Get("protocol") == "http" && q.Get("localemu") != "true" {
		return nil, &deploy.Refusal{Text: "the store would be spoken to without encryption", Hint: "give its https address"}
	}
	if u.Scheme == "s3" && !q.Has("response_checksum_validation") {
		q.Set("response_checksum_validation", "when_required") // what is read is compared by SHA-256; the client would warn of files in parts
	}
	folder := strings.Trim(u.Path, "/")
	u.Path, u.RawPath, u.RawQuery = "", "", q.Encode()
	b, err := blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, words(ctx, err)
	}
	out := bucket{Bucket: b}
	_ = b.As(&out.azure.Client)
	if folder != "" {
		out.azure.folder = folder + "/"
		out.Bucket = blob.PrefixedBucket(b, folder+"/")
	}
	return out, nil
}

// encrypted reports whether a store's address is https, or on this machine.
func encrypted(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil || u.User != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && ip.IsLoopback())
}
