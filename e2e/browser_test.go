// Package e2e walks through the product as people do: the whole server in this process, a real Chromium before it.
package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// browser is one Chromium for all tests of the package; every test has a browser context (cookies, storage, caches) of
// its own in it.
var browser context.Context

// cameraClip is what Chromium's fake camera plays. A test writes its clip here before it opens the camera.
var cameraClip string

func TestMain(m *testing.M) {
	if os.Getenv("WENGUAN_E2E") == "off" {
		fmt.Println("the tests in a browser are switched off by WENGUAN_E2E=off")
		return
	}
	code, err := withBrowser(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func findChromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("the tests in a browser need Chromium: install it (on Debian: apt-get install chromium fonts-noto-cjk, " +
		"or make deps), or set WENGUAN_E2E=off to go without them")
}

func withBrowser(run func() int) (int, error) {
	path, err := findChromium()
	if err != nil {
		return 1, err
	}
	dir, err := os.MkdirTemp("", "wenguan-e2e-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	cameraClip = filepath.Join(dir, "camera.y4m")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(filepath.Join(dir, "profile")), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("lang", "zh-CN"), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-file-for-fake-video-capture", cameraClip))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	defer stopAllocator()
	ctx, stop := chromedp.NewContext(allocator)
	defer stop()
	if err := chromedp.Do(ctx); err != nil {
		return 1, fmt.Errorf("start %s: %w", path, err)
	}
	browser = ctx
	return run(), nil
}
