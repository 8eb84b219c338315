package cli_test

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"testing"
)

// A pack's address is asked for through the proxy that the environment names, with a tunnel, so that the proxy sees the
// host and nothing else.
func TestPackThroughProxy(t *testing.T) {
	proxy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer proxy.Close()
	asked := make(chan *http.Request, 1)
	go func() {
		for {
			c, err := proxy.Accept()
			if err != nil {
				return
			}
			if r, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
				select {
				case asked <- r:
				default:
				}
			}
			_, _ = c.Write([]byte("HTTP/1.1 403 Forbidden\r\n\r\n"))
			_ = c.Close()
		}
	}()
	dir := manySites(t, 1)
	p := program(t, dir, "pack", "add", "national", "https://packs.example/national.pack?token=hidden", "--source", "sites/s00",
		"--key", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3")
	p.Env = append(p.Env, "HTTPS_PROXY=http://"+proxy.Addr().String(), "NO_PROXY=")
	out, err := p.CombinedOutput()
	if err == nil || p.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "packs.example cannot be reached") || strings.Contains(string(out), "hidden") {
		t.Errorf("%v: %s", err, out)
	}
	select {
	case r := <-asked:
		if r.Method != http.MethodConnect || r.Host != "packs.example:443" {
			t.Errorf("the proxy was asked for %s %s", r.Method, r.Host)
		}
	default:
		t.Errorf("the proxy was not asked\n%s", out)
	}
}
