package app

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Version is set by the linker.
var Version = "dev"

// Config is every setting: flag, environment variable and help in one place.
type Config struct {
	Store string `env:"WENGUAN_STORE" placeholder:"URL" help:"Where the data is: file:/path/wenguan.db, or mongodb://… of a replica set. Default: wenguan.db in the data folder."`
	Data  string `env:"WENGUAN_DATA" type:"path" placeholder:"DIR" help:"Folder of the embedded store. Default: ./data (demo: ./data/demo)."`

	KeyFile string `env:"WENGUAN_KEY_FILE" type:"path" placeholder:"FILE" help:"File of the keys that what is stored is hashed and sealed with; made with a new store. Every instance has the same; back it up apart from the store. Default: wenguan.keys beside the embedded store, or in the data folder."`

	Addr           string   `env:"WENGUAN_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	PublicURL      string   `env:"WENGUAN_PUBLIC_URL" placeholder:"URL" help:"The address residents use, such as https://wenguan.example.cn. Sign-in links begin with it; with https cookies are sent over TLS only."`
	TLSCert        string   `env:"WENGUAN_TLS_CERT" type:"existingfile" placeholder:"FILE" help:"Certificate (PEM), to serve HTTPS without a proxy."`
	TLSKey         string   `env:"WENGUAN_TLS_KEY" type:"existingfile" placeholder:"FILE" help:"Its key (PEM)."`
	TrustedProxies []string `env:"WENGUAN_TRUSTED_PROXIES" placeholder:"CIDR" help:"Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."`
	Zone           string   `env:"WENGUAN_ZONE" default:"Asia/Shanghai" help:"Time zone of the district: when the nightly, weekly and monthly jobs run."`

	SMTP       string `env:"WENGUAN_SMTP" placeholder:"URL" help:"Mail server: smtps://user:password@host, smtp://user:password@host (STARTTLS), or smtp://host:1025?tls=none."`
	SMTPFrom   string `env:"WENGUAN_SMTP_FROM" placeholder:"ADDRESS" help:"Sender of mail: Name <address>."`
	SMS        string `env:"WENGUAN_SMS" placeholder:"URL" help:"SMS gateway that messages are posted to. With neither mail nor SMS, messages and sign-in codes go to the log, for trying out."`
	SMSSecret  string `env:"WENGUAN_SMS_SECRET" placeholder:"SECRET" help:"Bearer token for the gateway."`
	SMSBody    string `env:"WENGUAN_SMS_BODY" placeholder:"TEMPLATE" help:"Template of the gateway's body, such as {\"mobile\":{{json .National}},\"content\":{{json .Text}}}."`
	SMSType    string `env:"WENGUAN_SMS_TYPE" placeholder:"TYPE" help:"Content type of the gateway's body. Default: application/json."`
	SMSSuccess string `env:"WENGUAN_SMS_SUCCESS" placeholder:"TEXT" help:"What a good answer of the gateway contains."`

	OIDC OIDCConfig `embed:"" prefix:"oidc-"`

	StaffSession time.Duration `env:"WENGUAN_STAFF_SESSION" default:"12h" help:"After how long without use a member of the staff has to sign in again."`

	SignInsPerMinute  int  `env:"WENGUAN_SIGN_INS_PER_MINUTE" default:"60" help:"Sign-in attempts and codes per network address and minute; 0 for no limit."`
	BookingsPerMinute *int `env:"WENGUAN_BOOKINGS_PER_MINUTE" placeholder:"60" help:"Attempts to reserve or move per account and minute; 0 for no limit. Default: 60 (demo: no limit)."`

	RetentionMonths int `env:"WENGUAN_RETENTION_MONTHS" default:"24" help:"Months after its end that a booking still names its person, and that looks at personal data are kept."`

	UnmetMonths int `env:"WENGUAN_UNMET_MONTHS" default:"3" help:"Months that a refused request for a booking is kept, to try other rules on; never longer than bookings name their person."`

	SearchesPerMinute *int `env:"WENGUAN_SEARCHES_PER_MINUTE" placeholder:"600" help:"Searches of the whole district per network address and minute; 0 for no limit. Default: 600 (demo: no limit)."`
	CodesPerHour      int  `env:"WENGUAN_CODES_PER_HOUR" default:"3000" help:"Sign-in codes sent to everybody together within an hour, which bounds what a flood costs; 0 for no limit."`

	LogLevel  string `env:"WENGUAN_LOG_LEVEL" enum:",debug,info,warn,error" default:"" placeholder:"LEVEL" help:"Least level of log lines: debug, info, warn or error. Default: info (demo: warn)."`
	LogFormat string `env:"WENGUAN_LOG_FORMAT" enum:"text,json" default:"text" help:"Form of log lines: text or json."`
}

// Validate refuses what cannot be meant, in a sentence.
func (c *Config) Validate() error {
	if c.Store != "" && c.Data != "" {
		return fmt.Errorf("--store and --data both say where the data is; give one of them")
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return fmt.Errorf("HTTPS needs both --tls-cert and --tls-key")
	}
	if err := c.validatePublicURL(); err != nil {
		return err
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("--addr is written like 127.0.0.1:8080 or :8080")
	}
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "" || c.Zone == "Local" {
		return fmt.Errorf("--zone is the IANA name of a time zone, such as Asia/Shanghai")
	}
	if _, err := c.proxies(); err != nil {
		return err
	}
	if (c.SMTP == "") != (c.SMTPFrom == "") {
		return fmt.Errorf("mail needs both --smtp and --smtp-from")
	}
	if c.SMS == "" && c.SMSSecret+c.SMSBody+c.SMSType+c.SMSSuccess != "" {
		return fmt.Errorf("the other --sms-… settings need --sms, the address of the gateway")
	}
	if err := c.provider().Check(); err != nil {
		return err
	}
	if c.RetentionMonths < 1 {
		return fmt.Errorf("--retention-months is 1 or more: who was here last week still has to be known")
	}
	if c.UnmetMonths < 1 {
		return fmt.Errorf("--unmet-months is 1 or more: the rules of a venue are tried on what was refused in a month")
	}
	if c.StaffSession != 0 && (c.StaffSession < 10*time.Minute || c.StaffSession > 7*24*time.Hour) {
		return fmt.Errorf("--staff-session is from 10m to 168h")
	}
	if c.SignInsPerMinute < 0 || c.bookingsPerMinute() < 0 || c.searchesPerMinute() < 0 || c.CodesPerHour < 0 {
		return fmt.Errorf("a limit is 0 (no limit) or more")
	}
	return nil
}

func (c *Config) validatePublicURL() error {
	if c.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return fmt.Errorf("--public-url is written like https://wenguan.example.cn, without a path")
	}
	if c.TLSCert != "" && u.Scheme == "http" {
		return fmt.Errorf("--public-url says http, but --tls-cert serves HTTPS only")
	}
	return nil
}

// proxies are the trusted networks; a single address is a network of one.
func (c *Config) proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range c.TrustedProxies {
		if a, err := netip.ParseAddr(s); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies takes addresses and networks such as 10.0.0.0/8")
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// storeURL is where the data is.
func (c *Config) storeURL() string {
	if c.Store != "" {
		return c.Store
	}
	return "file:" + filepath.Join(c.dataDir(), "wenguan.db")
}

func (c *Config) dataDir() string {
	if c.Data != "" {
		return c.Data
	}
	return "data"
}

// origin is the address that links begin with.
func (c *Config) origin() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	host, port, _ := net.SplitHostPort(c.Addr)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

func (c *Config) bookingsPerMinute() int {
	if c.BookingsPerMinute == nil {
		return 60
	}
	return *c.BookingsPerMinute
}

func (c *Config) searchesPerMinute() int {
	if c.SearchesPerMinute == nil {
		return 600
	}
	return *c.SearchesPerMinute
}
