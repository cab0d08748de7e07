BEGIN TRANSACTION;
CREATE TABLE assistant_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "assistant_version" VALUES(1);
CREATE TABLE entries (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	project VARCHAR(120) NOT NULL, 
	branch VARCHAR(120) NOT NULL, 
	turn INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	body TEXT NOT NULL, 
	made_by TEXT, 
	prompt TEXT, 
	FOREIGN KEY(project) REFERENCES projects (id)
);
INSERT INTO "entries" VALUES(1,'orders','main',1,'2026-11-28 10:14:31.315772','said','{"text": "A customer sends an order by e-mail. The sales clerk checks the order. If the order is incomplete, the sales clerk calls the customer. Then the manager approves the order. The warehouse clerk packs the goods. After that the driver delivers the parcel to the customer.", "source": "story"}',NULL,NULL);
INSERT INTO "entries" VALUES(2,'orders','main',1,'2026-11-28 10:14:31.500934','edits','{"edits": [{"op": "set_process", "field": "name", "value": "Handle orders"}, {"op": "set_process", "field": "trigger", "value": "Customer sends an order by e-mail"}, {"op": "set_process", "field": "customers", "value": [{"name": "Customer", "span": {"start": 2, "end": 10}}]}, {"op": "put_role", "role": {"id": "customer", "name": "Customer", "kind": "external", "span": {"start": 0, "end": 10}}}, {"op": "put_role", "role": {"id": "sales_clerk", "name": "Sales clerk", "span": {"start": 37, "end": 52}}}, {"op": "put_role", "role": {"id": "manager", "name": "Manager", "span": {"start": 140, "end": 151}}}, {"op": "put_role", "role": {"id": "warehouse_clerk", "name": "Warehouse clerk", "span": {"start": 172, "end": 191}}}, {"op": "put_role", "role": {"id": "driver", "name": "Driver", "span": {"start": 220, "end": 230}}}, {"op": "put_data", "data": {"id": "order", "name": "Order", "source": "Customer"}}, {"op": "insert", "blocks": [{"task": {"id": "send_order", "span": {"start": 0, "end": 35}, "basis": "stated", "name": "Send order", "role": "customer", "medium": "email", "writes": ["order"]}}, {"task": {"id": "check_order", "span": {"start": 37, "end": 69}, "basis": "stated", "name": "Check order", "role": "sales_clerk", "reads": ["order"], "is_control": true}}, {"choice": {"id": "decide", "basis": "stated", "branches": [{"id": "decide.1", "when": "order is incomplete", "span": {"start": 74, "end": 97}, "do": {"sequence": [{"task": {"id": "call_customer", "span": {"start": 99, "end": 133}, "basis": "stated", "name": "Call customer", "role": "sales_clerk", "medium": "phone", "contact": "Customer"}}]}}, {"id": "decide.2", "when": "otherwise"}], "question": "Order is incomplete?"}}, {"task": {"id": "approve_order", "span": {"start": 140, "end": 170}, "basis": "stated", "name": "Approve order", "role": "manager", "reads": ["order"], "is_control": true}}, {"task": {"id": "pack_goods", "span": {"start": 172, "end": 207}, "basis": "stated", "name": "Pack goods", "role": "warehouse_clerk"}}, {"task": {"id": "deliver_parcel_to_customer", "span": {"start": 220, "end": 266}, "basis": "stated", "name": "Deliver parcel to customer", "role": "driver", "contact": "Customer"}}], "place": {"into": "flow", "at": "start"}}], "source": "story"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(3,'orders','main',2,'2026-11-28 10:14:31.506552','asked','{"questions": [{"id": "work:all", "text": "How long does each step take, hands on: “Send order”, “Check order”, “Call customer”, “Approve order”, “Pack goods” and 1 more? Roughly will do."}, {"id": "volume", "text": "How many cases come in a day or a week?"}, {"id": "chance:decide", "text": "“Order is incomplete?” — how often is it “order is incomplete” or “otherwise”, in 100 cases?"}]}',NULL,NULL);
INSERT INTO "entries" VALUES(4,'orders','main',3,'2026-11-28 10:14:31.512781','asked','{"questions": [{"id": "capacity:sales_clerk", "text": "How many people work as Sales clerk, for this process?"}, {"id": "capacity:manager", "text": "How many people work as Manager, for this process?"}, {"id": "capacity:warehouse_clerk", "text": "How many people work as Warehouse clerk, for this process?"}]}',NULL,NULL);
INSERT INTO "entries" VALUES(5,'orders','main',4,'2026-11-28 10:14:31.518945','said','{"text": "Finally accounting sends the invoice to the customer.", "source": "story"}',NULL,NULL);
INSERT INTO "entries" VALUES(6,'orders','main',4,'2026-11-28 10:14:31.529326','edits','{"edits": [{"op": "put_role", "role": {"id": "accounting", "name": "Accounting", "kind": "group", "span": {"start": 277, "end": 287}}}, {"op": "put_data", "data": {"id": "invoice", "name": "Invoice"}}, {"op": "insert", "blocks": [{"task": {"id": "send_invoice_to_customer", "span": {"start": 277, "end": 321}, "basis": "stated", "name": "Send invoice to customer", "role": "accounting", "writes": ["invoice"], "contact": "Customer"}}], "place": {"after": "deliver_parcel_to_customer"}}], "source": "story"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(7,'orders','main',5,'2026-11-28 10:14:31.533647','asked','{"questions": [{"id": "capacity:driver", "text": "How many people work as Driver, for this process?"}, {"id": "capacity:accounting", "text": "How many people work as Accounting, for this process?"}, {"id": "errors:check_order", "text": "How often does “Check order” find something wrong?"}]}',NULL,NULL);
INSERT INTO "entries" VALUES(8,'orders','main',6,'2026-11-28 10:14:31.540457','said','{"text": "about 30 a day", "source": "answer"}',NULL,NULL);
INSERT INTO "entries" VALUES(9,'orders','main',6,'2026-11-28 10:14:31.540476','answered','{"question": "volume", "text": "about 30 a day"}',NULL,NULL);
INSERT INTO "entries" VALUES(10,'orders','main',6,'2026-11-28 10:14:31.540480','edits','{"edits": [{"op": "set_process", "field": "volume", "value": {"between": {"kind": "exponential", "mean": 48.0, "unit": "min", "basis": "stated"}, "basis": "stated", "text": "about 30 a day"}}], "source": "answer"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(11,'orders','main',7,'2026-11-28 10:14:31.546478','asked','{"questions": [{"id": "errors:approve_order", "text": "How often does “Approve order” find something wrong?"}, {"id": "owner", "text": "Who answers for the whole process, from start to end?"}, {"id": "price:sales_clerk", "text": "What does an hour of Sales clerk cost, roughly?"}]}',NULL,NULL);
INSERT INTO "entries" VALUES(12,'orders','main',8,'2026-11-28 10:14:31.553475','said','{"text": "two people", "source": "answer"}',NULL,NULL);
INSERT INTO "entries" VALUES(13,'orders','main',8,'2026-11-28 10:14:31.553494','answered','{"question": "errors:approve_order", "text": "two people"}',NULL,NULL);
INSERT INTO "entries" VALUES(14,'orders','main',8,'2026-11-28 10:14:31.553498','edits','{"edits": [{"op": "set", "id": "approve_order", "field": "exception_rate", "value": 0.02}], "source": "answer"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(15,'orders','main',9,'2026-11-28 10:14:31.558499','asked','{"questions": [{"id": "price:manager", "text": "What does an hour of Manager cost, roughly?"}, {"id": "price:warehouse_clerk", "text": "What does an hour of Warehouse clerk cost, roughly?"}, {"id": "price:driver", "text": "What does an hour of Driver cost, roughly?"}]}',NULL,NULL);
INSERT INTO "entries" VALUES(16,'orders','main',10,'2026-11-28 10:14:31.565810','said','{"text": "no, the clerk does that", "source": "correction"}',NULL,NULL);
INSERT INTO "entries" VALUES(17,'orders','main',10,'2026-11-28 10:14:31.565828','edits','{"edits": [{"op": "put_role", "role": {"id": "clerk", "name": "Clerk"}}, {"op": "set_role", "ids": ["approve_order"], "role": "clerk"}], "source": "correction"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(18,'orders','main',11,'2026-11-28 10:14:31.570808','asked','{"questions": [{"id": "capacity:clerk", "text": "How many people work as Clerk, for this process?"}, {"id": "price:accounting", "text": "What does an hour of Accounting cost, roughly?"}, {"id": "price:clerk", "text": "What does an hour of Clerk cost, roughly?"}]}',NULL,NULL);
INSERT INTO "entries" VALUES(19,'orders','main',12,'2026-11-28 10:14:31.577989','said','{"text": "rename ''Check order'' to ''Verify order''", "source": "request"}',NULL,NULL);
INSERT INTO "entries" VALUES(20,'orders','main',12,'2026-11-28 10:14:31.720018','edits','{"edits": [{"op": "rename", "id": "check_order", "name": "Verify order"}], "source": "request"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(21,'orders','main',13,'2026-11-28 10:14:31.728112','said','{"text": "add ''Call the customer'' after ''Verify order''", "source": "request"}',NULL,NULL);
INSERT INTO "entries" VALUES(22,'orders','main',13,'2026-11-28 10:14:31.735660','note','{"text": "Should Call customer be done once more there, or be moved there?"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(23,'orders','main',14,'2026-11-28 10:14:31.743465','said','{"text": "change something", "source": "request"}',NULL,NULL);
INSERT INTO "entries" VALUES(24,'orders','main',14,'2026-11-28 10:14:31.754891','note','{"text": "Which step or branch should change, and how?"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(25,'orders','main',15,'2026-11-28 10:14:31.765259','undo','{"turn": 12}',NULL,NULL);
INSERT INTO "entries" VALUES(26,'orders','main',16,'2026-11-28 10:14:31.775709','redo','{"turn": 12}',NULL,NULL);
INSERT INTO "entries" VALUES(27,'orders','main',17,'2026-11-28 10:14:32.347318','run','{"what": "redesign", "cases": 40, "replications": 3, "seed": 1}','built-in rules',NULL);
INSERT INTO "entries" VALUES(28,'orders','main',17,'2026-11-28 10:14:32.347347','proposed','{"findings": [{"id": "duplicate_control:approve_order", "kind": "duplicate_control"}, {"id": "many_parties:deliver_parcel_to_customer", "kind": "many_parties"}, {"id": "no_case_owner:call_customer", "kind": "no_case_owner"}], "alternatives": [{"name": "small steps", "verdict": "better: 17 % faster (11 min a case), 20 % cheaper; flexibility index 62 to 67", "proposals": [{"id": "H05-approve_order", "practice": "H05", "title": "Do without Approve order"}]}, {"name": "rethink", "verdict": "better: 17 % faster (11 min a case), 20 % cheaper; flexibility index 62 to 67", "proposals": [{"id": "H05-approve_order", "practice": "H05", "title": "Do without Approve order"}]}], "recommended": "small steps"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(29,'orders','main',18,'2026-11-28 10:14:32.359720','rejected','{"proposal": "H05-approve_order", "practice": "H05", "title": "Do without Approve order", "reason": "not with our people"}',NULL,NULL);
INSERT INTO "entries" VALUES(30,'orders','main',19,'2026-11-28 10:14:32.370618','undo','{"turn": 18}',NULL,NULL);
INSERT INTO "entries" VALUES(31,'orders','main',20,'2026-11-28 10:14:32.484172','run','{"what": "redesign", "cases": 40, "replications": 3, "seed": 1}','built-in rules',NULL);
INSERT INTO "entries" VALUES(32,'orders','main',20,'2026-11-28 10:14:32.484200','proposed','{"findings": [{"id": "duplicate_control:approve_order", "kind": "duplicate_control"}, {"id": "many_parties:deliver_parcel_to_customer", "kind": "many_parties"}, {"id": "no_case_owner:call_customer", "kind": "no_case_owner"}], "alternatives": [{"name": "small steps", "verdict": "better: 17 % faster (11 min a case), 20 % cheaper; flexibility index 62 to 67", "proposals": [{"id": "H05-approve_order", "practice": "H05", "title": "Do without Approve order"}]}, {"name": "rethink", "verdict": "better: 17 % faster (11 min a case), 20 % cheaper; flexibility index 62 to 67", "proposals": [{"id": "H05-approve_order", "practice": "H05", "title": "Do without Approve order"}]}], "recommended": "small steps"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(33,'orders','main',21,'2026-11-28 10:14:32.493950','accepted','{"proposal": "H05-approve_order", "practice": "H05", "title": "Do without Approve order"}',NULL,NULL);
INSERT INTO "entries" VALUES(34,'orders','main',21,'2026-11-28 10:14:32.493973','edits','{"edits": [{"op": "delete", "why": "Approve order checks again what Verify order has checked", "ids": ["approve_order"]}], "source": "proposal"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(35,'orders','main',22,'2026-11-28 10:14:32.503056','exported','{"files": ["out/orders/report.html", "out/orders/as-is.bpmn"]}',NULL,NULL);
INSERT INTO "entries" VALUES(36,'orders','main',23,'2026-11-28 10:14:32.517668','said','{"text": "To be, or not to be", "source": "story"}',NULL,NULL);
INSERT INTO "entries" VALUES(37,'orders','main',23,'2026-11-28 10:14:32.529558','edits','{"edits": [], "source": "story"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(38,'orders','main',24,'2026-11-28 10:14:32.539332','branch','{"name": "bold", "from_turn": 23}',NULL,NULL);
INSERT INTO "entries" VALUES(39,'orders','bold',25,'2026-11-28 10:14:32.547935','said','{"text": "remove ''Approve order''", "source": "request"}',NULL,NULL);
INSERT INTO "entries" VALUES(40,'orders','bold',25,'2026-11-28 10:14:32.556767','note','{"text": "Which step should go?"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(41,'orders','bold',26,'2026-11-28 10:14:32.562109','note','{"text": "Tried without the approval."}',NULL,NULL);
INSERT INTO "entries" VALUES(42,'orders','bold',27,'2026-11-28 10:14:32.567247','switch','{"name": "main"}',NULL,NULL);
INSERT INTO "entries" VALUES(43,'orders','main',28,'2026-11-28 10:14:32.577376','said','{"text": "Then accounting files the order.", "source": "story"}',NULL,NULL);
INSERT INTO "entries" VALUES(44,'orders','main',28,'2026-11-28 10:14:32.590345','edits','{"edits": [{"op": "insert", "blocks": [{"task": {"id": "file_order", "span": {"start": 350, "end": 376}, "basis": "stated", "name": "File order", "role": "accounting", "reads": ["order"]}}], "place": {"after": "send_invoice_to_customer"}}], "source": "story"}','built-in rules',NULL);
INSERT INTO "entries" VALUES(45,'orders','main',29,'2026-11-28 10:14:32.603590','undo','{"turn": 28}',NULL,NULL);
INSERT INTO "entries" VALUES(46,'orders','main',30,'2026-11-28 10:14:32.609451','said','{"text": "After a week the clerk calls the customer.", "source": "story"}',NULL,NULL);
CREATE TABLE projects (
	id VARCHAR(120) NOT NULL, 
	created DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "projects" VALUES('orders','2026-11-28 10:14:31.314146');
CREATE INDEX ix_entries_project ON entries (project);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('entries',46);
COMMIT;
