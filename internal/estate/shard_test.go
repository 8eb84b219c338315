package estate_test

import (
	"fmt"
	"slices"
	"testing"

	"candour/internal/estate"
)

// Every site is in one shard, no shard has more than one site more than another, and the number of a shard is read from
// 0, as it is written.
func TestShards(t *testing.T) {
	var sites []estate.Site
	for i := range 103 {
		sites = append(sites, estate.Site{Name: fmt.Sprintf("site-%03d", i)})
	}
	for _, n := range []int{1, 2, 7, 103, 150} {
		var all []string
		least, most := len(sites), 0
		for k := range n {
			part := estate.Shard{K: k, N: n}.Of(sites)
			least, most = min(least, len(part)), max(most, len(part))
			for _, s := range part {
				all = append(all, s.Name)
			}
		}
		slices.Sort(all)
		if len(all) != len(sites) || len(slices.Compact(all)) != len(sites) || most-least > 1 {
			t.Errorf("%d shards: %d sites, from %d to %d in a shard", n, len(all), least, most)
		}
	}
	if got := (estate.Shard{}).Of(sites); len(got) != len(sites) {
		t.Errorf("the whole has %d sites", len(got))
	}
	for text, good := range map[string]bool{"0/1": true, "3/4": true, "4/4": false, "-1/4": false, "1/0": false, "1": false, "1/4x": false, "01/4": false, "1 /4": false, "": false, "0/10001": false} {
		s, err := estate.ParseShard(text)
		if (err == nil) != good || good && s.String() != text {
			t.Errorf("%q: %v, %v", text, s, err)
		}
	}
}

// A leak is worse than a machine that failed, and that than wrong configuration and faults in content.
func TestWorse(t *testing.T) {
	order := []int{0, 1, 2, 4, 3}
	for i, a := range order {
		for j, b := range order {
			if got, want := estate.Worse(a, b), order[max(i, j)]; got != want {
				t.Errorf("the worse of %d and %d is %d", a, b, got)
			}
		}
	}
}
