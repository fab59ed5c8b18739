package app_test

import (
	"testing"

	"wenguan/app/apptest"
)

func TestRequestsThatProxiesReadDifferentlyAreRefused(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	const post, json = "POST /api/v1/sign-in-codes HTTP/1.1\r\nHost: x\r\n", "Content-Type: application/json\r\n"
	for name, request := range map[string]string{
		"two lengths":              post + json + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ",
		"a length and chunks":      post + json + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		"another coding":           post + json + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		"a negative length":        post + json + "Content-Length: -1\r\n\r\n{}",
		"a length with a sign":     post + json + "Content-Length: +2\r\n\r\n{}",
		"a space before the colon": post + json + "Content-Length : 2\r\n\r\n{}",
		"a folded header":          post + json + "X-A: 1\r\n Content-Length: 2\r\n\r\n",
	} {
		if answer := raw(t, h, request); !refused(answer.StatusCode) {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
}
