package e2e

import (
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// edit opens a section of a venue's editor as its manager.
func edit(t *testing.T, house *apptest.House, id, section string) *page {
	t.Helper()
	p := open(t, house, desktop)
	p.as(house.Staff(account.Manager, id))
	p.visit("/manage/venues/" + id + "?section=" + section)
	p.see("#save")
	return p
}

// save saves and waits until it is stored.
func (p *page) save() {
	p.t.Helper()
	p.until(`!document.querySelector('#save').disabled`)
	p.click("#save")
	p.read(".save-bar", "已保存")
}

// venueOf is the venue as stored.
func venueOf(house *apptest.House, id string) handlers.Venue {
	return apptest.Decode[handlers.Venue](house.Anonymous().Get("/api/v1/venues/" + id).Expect(http.StatusOK))
}

func TestHoursAManagerSavesAreWhatResidentsSee(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := edit(t, house, "hotel", "hours")
	p.choose(`select[aria-label="周一开门"]`, "09:30")
	p.choose(`select[aria-label="周一关门"]`, "12:00")
	p.click(`button[aria-label="周一再加一段"]`)
	p.choose(`select[aria-label="周一第 2 段开门"]`, "14:00")
	p.choose(`select[aria-label="周一第 2 段关门"]`, "18:00")
	p.click(`button[aria-label="周一复制到…"]`)
	p.see("dialog[open]")
	p.press("复制")
	p.read(".save-bar", "还没有保存")
	p.shot(" before saving")
	p.save()

	resident := open(t, house, phone)
	resident.visit("/venues/hotel")
	resident.read("main", "09:30–12:00、14:00–18:00")
	resident.read("main", "周一–周五")
}

func TestWhatTheServerRefusesIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := edit(t, house, "hotel", "hours")
	p.choose(`select[aria-label="周二关门"]`, "07:00") // before it opens
	p.click("#section-basics")
	p.fill(`input[lang="zh-CN"]`, " ")
	p.fill("input[type=tel]", "打总机")
	p.click("#save")
	p.read(".notice.bad", "3 处")
	p.read("#section-basics", "2 处要改")
	p.read("#section-hours", "1 处要改")
	p.until(`document.activeElement.lang === 'zh-CN' && document.activeElement.getAttribute('aria-invalid') === 'true'`)
	p.read(".field-error", "这一项要填写")
	p.read(".field-error", "电话请用数字")
	p.shot(" basics")
	p.click("#section-hours")
	p.read(".interval .field-error", "结束要晚于开始")
	p.until(`document.querySelector('select[aria-label="周二关门"]').getAttribute('aria-invalid') === 'true'`)

	p.choose(`select[aria-label="周二关门"]`, "20:00") // what is corrected is not complained about any more
	p.gone(".interval .field-error")
	p.click("#section-basics")
	p.fill(`input[lang="zh-CN"]`, "宾馆三楼")
	p.fill("input[type=tel]", "0798-2620000")
	p.save()
	if v := venueOf(house, "hotel"); v.Name.ZH != "宾馆三楼" || v.Phone != "0798-2620000" || v.Hours[2][0].End.String() != "20:00" {
		t.Errorf("stored is %s, %s, %v", v.Name.ZH, v.Phone, v.Hours[2])
	}
}

func TestTwoManagersDoNotLoseEachOthersWork(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	before := *house.Hotel("hotel")
	p := edit(t, house, "hotel", "basics")
	p.fill(`input[lang="zh-CN"]`, "宾馆三楼")

	theirs := before
	theirs.Phone = "0798-2621111"
	house.Save(&theirs)
	p.click("#save")
	p.read("#clash", "别人保存了这个场馆")
	p.read("#clash", "可以放心合并")
	p.shot("")
	p.press("合并，保留我的修改")
	p.until(`document.querySelector('input[type=tel]').value === '0798-2621111'`)
	p.save()
	if v := venueOf(house, "hotel"); v.Name.ZH != "宾馆三楼" || v.Phone != "0798-2621111" {
		t.Errorf("stored is %s, %s", v.Name.ZH, v.Phone)
	}
}

func TestLeavingWithUnsavedChangesAsksAndComingBackBringsThemBack(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := open(t, house, desktop)
	p.as(house.Staff(account.Manager, "hotel"))
	p.visit("/manage/venues")
	p.press("编辑")
	p.fill(`input[lang="zh-CN"]`, "宾馆三楼")
	p.press("使用率")
	p.read("dialog", "离开不保存")
	p.press("留下")
	p.gone("dialog")
	p.do(chromedp.NavigateBack()) // asks nobody, so what was typed is kept
	p.read("h1", "场馆")
	p.press("编辑")
	p.read(".notice", "已经恢复")
	p.until(`document.querySelector('input[lang="zh-CN"]').value === '宾馆三楼'`)
	p.press("使用率")
	p.press("不保存，离开")
	p.read("h1", "使用率")
	if v := venueOf(house, "hotel"); v.Name.ZH != "场馆hotel" {
		t.Errorf("stored is %s", v.Name.ZH)
	}
}

func TestASessionThatEndsWhileTypingLosesNothing(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	manager := house.Staff(account.Manager, "hotel")
	p := open(t, house, desktop)
	p.as(manager)
	p.visit("/manage/venues/hotel")
	p.fill(`input[lang="zh-CN"]`, "宾馆三楼")
	manager.Do(http.MethodDelete, "/api/v1/session", nil).Expect(http.StatusNoContent)
	p.click("#save")
	p.read("main", "请先登录")
	p.as(house.As(manager.Account))
	p.visit("/manage/venues/hotel")
	p.read(".notice", "已经恢复")
	p.save()
	if v := venueOf(house, "hotel"); v.Name.ZH != "宾馆三楼" {
		t.Errorf("stored is %s", v.Name.ZH)
	}
}

func TestAnAdministratorMakesAVenueAndItsSeatsInOneGo(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Administrator))
	p.visit("/manage/venues")
	p.click("#new-venue")
	p.fill("dialog input[name=zh]", "清芬书屋")
	p.fill("dialog input[name=area]", "城关")
	p.fill("dialog input[name=address]", "文化路 1 号")
	p.press("建立")
	p.read("h1", "清芬书屋")
	p.read(".notice", "没有对居民公开")
	p.click("#section-spaces")

	p.click("#add-seats")
	p.fill("dialog input[name=zh]", "自习室")
	p.fill("dialog input[name=count]", "27")
	p.read("dialog", "A-01 到 A-27")
	p.press("添加")
	p.read(".space", "27 个座位")
	p.click(".space summary")
	p.see(".add-members")
	eval[bool](p, `(document.querySelector('.add-members').scrollIntoView({ block: 'center' }), true)`) // clear of the bar
	p.fill(".add-members input", "3")
	p.press("加 3 个")
	p.read(".members", "A-30")

	p.click("#add-hall")
	p.fill("dialog input[name=zh]", "多功能厅")
	p.fill("dialog input[name=zh0]", "A 厅")
	p.fill("dialog input[name=zh1]", "B 厅")
	p.press("添加")
	p.read(".made-of", "由A 厅和B 厅组成")
	p.shot("")
	p.click("#section-basics")
	p.click("#public")
	p.save()

	found := apptest.Decode[struct{ Items []handlers.VenueItem }](house.Anonymous().Get("/api/v1/venues").Expect(http.StatusOK)).Items
	if len(found) != 1 {
		t.Fatalf("residents find %d venues, not 1", len(found))
	}
	v := venueOf(house, found[0].ID)
	counts := map[string]int{}
	for _, s := range v.Spaces {
		counts[string(s.Type)+" "+string(s.Allocation)]++
	}
	want := "map[hall exclusive:3 room any_of:1 seat exclusive:30]"
	if got := fmt.Sprint(counts); got != want {
		t.Errorf("the venue has %s, not %s", got, want)
	}
	reserve(house.Resident("王小明"), v.ID, v.Spaces[0].ID, "14:00", "15:00", 1)
}

func TestWhatIsRemovedLeavesARoomThatCanBeSaved(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := edit(t, house, "room", "spaces")
	p.click(".space summary")
	p.click(".members button") // the first seat
	p.press("删除这个座位")
	p.read(".space", "3 个座位")
	p.save()
	if v := venueOf(house, "room"); len(v.Spaces) != 4 || len(v.Atoms) != 3 || v.Spaces[0].Seats != 3 {
		t.Errorf("stored are %d spaces and %d atoms, the room has %d seats", len(v.Spaces), len(v.Atoms), v.Spaces[0].Seats)
	}
	p.press("删除“阅览座位”")
	p.read("dialog", "3 个座位会一起删除")
	p.press("删除")
	p.read(".section-body", "还没有空间")
	p.save()
	if v := venueOf(house, "room"); len(v.Spaces)+len(v.Atoms) != 0 {
		t.Errorf("stored are %d spaces and %d atoms", len(v.Spaces), len(v.Atoms))
	}
}

func TestASeatThatIsBookedStaysUntilItsBookingIsMoved(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 1)
	reserve(house.Resident("王小明"), "room", "seats", "16:00", "18:00", 1)
	p := edit(t, house, "room", "spaces")
	p.press("阅览座位")
	p.press("删除“阅览座位”")
	p.read("dialog", "1 个座位会一起删除")
	p.press("删除")
	p.read(".section-body", "还没有空间")
	p.until(`!document.querySelector('#save').disabled`)
	p.click("#save")
	p.read("main", "还有 1 个预约，最早的从 11月24日")
	p.shot("")
	if v := venueOf(house, "room"); len(v.Spaces) != 2 {
		t.Errorf("stored are %d spaces", len(v.Spaces))
	}
}

func TestALargePhotoIsMadeSmallOnTheWay(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	noise := image.NewRGBA(image.Rect(0, 0, 2400, 1800))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(random.IntN(256)) | 128
	}
	noise.Set(0, 0, color.White)
	p := edit(t, house, "hotel", "photos")
	p.show("#photo-file", photo(t, noise))
	p.until(`document.querySelector('.photos img')?.naturalWidth > 0`)
	size := eval[[]int](p, `[document.querySelector('.photos img').naturalWidth, document.querySelector('.photos img').naturalHeight]`)
	if max(size[0], size[1]) > 1600 || size[0]*3 != size[1]*4 {
		t.Errorf("the photo is stored as %d x %d", size[0], size[1])
	}
	stored := venueOf(house, "hotel").Photos
	if len(stored) != 1 {
		t.Fatalf("%d photos are stored", len(stored))
	}
	if n := len(house.Anonymous().Get(stored[0].URL).Expect(http.StatusOK).Body); n > 1<<20 {
		t.Errorf("the photo takes %d bytes", n)
	}
	p.click(`button[aria-label$="，删除"]`)
	p.press("删除照片")
	p.gone(".photos img")
}
