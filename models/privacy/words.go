package privacy

// The words of the page that shows somebody's copy. words_test.go holds the two languages against each other and against
// the template.
var wordsZH = map[string]string{
	"title": "我的个人信息", "made": "生成于", "print": "可以打印或另存",
	"none": "没有", "nolooks": "没有工作人员查看过您的完整信息", "nonotices": "没有待发送的通知；已发送的通知不保存内容和地址",
	"account": "账号", "family": "家庭成员", "organizations": "代表的组织", "organization": "组织", "role": "身份",
	"bookings": "预约", "time": "时间", "place": "地点", "for": "预约人", "state": "状态", "number": "预约号", "more": "其他",
	"booked": "预约于", "bystaff": "由工作人员代办", "checkin": "签到", "checkout": "签退", "purpose": "用途", "reason": "取消原因",
	"looks": "谁看过我的完整信息", "at": "时间", "who": "谁", "why": "原因", "what": "内容", "gone": "已离职的工作人员",
	"sessions": "登录中的设备", "since": "登录时间", "used": "最近使用", "means": "方式", "device": "设备", "notices": "待发送的通知",
	"name": "称呼", "phone": "手机号", "email": "电子邮箱", "group": "人群", "language": "语言", "birth": "出生年份", "note": "服务台备注",
	"identity": "实名信息", "ends": "证件号码末四位", "created": "注册时间", "lastused": "最近使用", "consent": "已同意的规则",
	"version": "版本", "staff": "工作人员角色", "id": "账号编号",

	"group.residents": "居民", "group.families": "家庭", "group.elders": "长者", "group.organizations": "社会组织",
	"language.zh-CN": "中文", "language.en": "英文",
	"member.owner": "负责人", "member.booker": "预约员", "member.member": "成员",
	"state.confirmed": "已预约", "state.checked_in": "已签到", "state.completed": "已完成", "state.cancelled": "已取消", "state.no_show": "未到场",
	"role.attendant": "值班员", "role.counter": "服务台", "role.manager": "管理员", "role.officer": "区级负责人", "role.auditor": "审计员",
	"role.administrator": "系统管理员",
	"why.counter":        "在服务台为您办理", "why.booking": "处理您的预约", "why.verification": "审核组织登记", "why.export": "应您的要求导出信息",
	"why.members": "查看组织成员", "why.roles": "管理工作人员权限",
	"what.person": "称呼和联系方式", "what.phone": "手机号", "what.documents": "材料", "what.document": "材料", "what.booking": "预约",
	"what.organization": "组织登记信息", "what.everything": "全部信息", "what.members": "成员名单",
	"means.code": "验证码", "means.link": "登录链接", "means.password": "密码", "means.passkey": "通行密钥", "means.provider": "统一身份认证",
	"means.provider_weak": "统一身份认证", "means.command": "系统命令",
	"notice.booking_confirmed": "预约成功", "notice.booking_moved": "预约已改期", "notice.booking_cancelled": "预约已取消", "notice.booking_no_show": "未到场",
	"part.credentials": "登录凭据",
}

var wordsEN = map[string]string{
	"title": "My personal information", "made": "Made on", "print": "print it or save it",
	"none": "Nothing", "nolooks": "No staff looked at your information in full", "nonotices": "Nothing waits to be sent; of what was sent neither content nor address is kept",
	"account": "Account", "family": "Family", "organizations": "Organizations I act for", "organization": "Organization", "role": "Role",
	"bookings": "Bookings", "time": "Time", "place": "Place", "for": "For", "state": "State", "number": "Number", "more": "More",
	"booked": "Booked", "bystaff": "by staff on your behalf", "checkin": "Checked in", "checkout": "Checked out", "purpose": "Purpose", "reason": "Cancelled because",
	"looks": "Who looked at my information in full", "at": "When", "who": "Who", "why": "Why", "what": "What", "gone": "somebody who left",
	"sessions": "Where I am signed in", "since": "Since", "used": "Last used", "means": "By", "device": "Device", "notices": "Notices waiting to be sent",
	"name": "Name", "phone": "Phone", "email": "E-mail", "group": "Group", "language": "Language", "birth": "Year of birth", "note": "Note of the service desk",
	"identity": "Real name", "ends": "number ends in", "created": "Account since", "lastused": "Last used", "consent": "Agreed to",
	"version": "version", "staff": "Role as staff", "id": "Account id",

	"group.residents": "Residents", "group.families": "Families", "group.elders": "Elders", "group.organizations": "Organizations",
	"language.zh-CN": "Chinese", "language.en": "English",
	"member.owner": "owner", "member.booker": "booker", "member.member": "member",
	"state.confirmed": "booked", "state.checked_in": "checked in", "state.completed": "completed", "state.cancelled": "cancelled", "state.no_show": "no-show",
	"role.attendant": "attendant", "role.counter": "service desk", "role.manager": "manager", "role.officer": "district officer", "role.auditor": "auditor",
	"role.administrator": "administrator",
	"why.counter":        "Served you at the counter", "why.booking": "Dealt with a booking of yours", "why.verification": "Checked the registration of an organization", "why.export": "Made a copy because you asked",
	"why.members": "Looked at the members of an organization", "why.roles": "Managed the roles of staff",
	"what.person": "name and contact", "what.phone": "phone number", "what.documents": "documents", "what.document": "a document", "what.booking": "a booking",
	"what.organization": "registration of an organization", "what.everything": "everything", "what.members": "list of members",
	"means.code": "code", "means.link": "link", "means.password": "password", "means.passkey": "passkey", "means.provider": "identity provider",
	"means.provider_weak": "identity provider", "means.command": "command",
	"notice.booking_confirmed": "Booking confirmed", "notice.booking_moved": "Booking moved", "notice.booking_cancelled": "Booking cancelled", "notice.booking_no_show": "No-show",
	"part.credentials": "Credentials",
}
