package cli

import "testing"

func TestAnotherPort(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:1313":  "candour serve --addr 127.0.0.1:1314",
		"[::1]:8080":      "candour serve --addr [::1]:8081",
		"localhost:65535": "candour serve --addr localhost:1314",
	} {
		if got := anotherPort(addr); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}
