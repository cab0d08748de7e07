"""Masking personal data: what is found, what is left alone, and that it comes back to the letter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.gateway.redact import Run, find_personal, instead, mask
from assistant.language.what_is_kept import kept_words

FOUND = [
    ("EMAIL", "write to anna.berg+x@mail.example.co.uk, please", "anna.berg+x@mail.example.co.uk"),
    ("IBAN", "pay to DE89 3704 0044 0532 0130 00 today", "DE89 3704 0044 0532 0130 00"),
    ("NAME", "Then Petra picks one.", "Petra"),
    ("IBAN", "GB82WEST12345698765432", "GB82WEST12345698765432"),
    ("CARD", "card 4111 1111 1111 1111 exp 12/27", "4111 1111 1111 1111"),
    ("CARD", "my amex is 378282246310005", "378282246310005"),
    ("CARD", "5555-5555-5555-4444", "5555-5555-5555-4444"),
    ("CARD", "paid with 4012888888881881 yesterday", "4012888888881881"),
    ("PHONE", "reach me on +44 20 7946 0958 after five", "+44 20 7946 0958"),
    ("PHONE", "030 5550 1234 is the desk", "030 5550 1234"),
    ("PHONE", "call (212) 555-0147 now", "(212) 555-0147"),
    ("PHONE", "phone: 5550147", "5550147"),
    ("ADDRESS", "she lives at 12 Baker Street in town", "12 Baker Street"),
    ("ADDRESS", "nach Lindenallee 14, 10115 Berlin geschickt", "Lindenallee 14, 10115 Berlin"),
    ("NAME", "ask Mr. Oliver Sand about it", "Oliver Sand"),
    ("NAME", "my name is Zaynab Qureshi and", "Zaynab Qureshi"),
    ("NAME", "Dear Frau Lindqvist,", "Lindqvist"),
    ("NAME", "then Petra carries the tray", "Petra"),
    ("NAME", "given to Mark Twain at noon", "Mark Twain"),
    ("NAME", "Maria's desk is full", "Maria"),
    ("NAME", "Mr Adler's second drive", "Adler"),
    ("NAME", "Will Wels looks at the plan.", "Will Wels"),
    ("NAME", "Mark packs the crate. The mark on it stays.", "Mark"),
    ("NAME", "It lies there until Bill pays the bill.", "Bill"),
    ("NAME", "Then Will signs, and the customer will wait.", "Will"),
    ("NAME", "Who has the key? Sue's desk has it, nobody will sue.", "Sue"),
    ("NAME", "ask Dr. O'Neil's clerk", "O'Neil"),
]
LEFT = [
    "order 378282246310005 has not come",
    "invoice no. 4111111111111111",
    "tracking number 4012888888881881",
    "card 4111 1111 1111 1112",
    "a 16-digit number such as 1234567890123456",
    "on 2024-05-01 at 10:30 and 2024-06-01",
    "amounts of 10 000 to 20 000 euros",
    "DE89370400440532013001",
    "version 10.20.30.40 of the software",
    "the Sales Department informs the Credit Officer",
    "Will the clerk mark the order? May is busy. The bill is paid.",
    "Dear Sir, Dear Customer, Regards,",
    "In May the field is dry, and from May to June too. May has 31 days. May we go? Hope is gone.",
    "Mark the crate, bill the customer. Bill the rest. The Bill is dated. Will you sign?",
    "Max 5 crates. A crate from Jordan.",
    "an @ sign, a@b, user@ and @home",
    "within 3-5 working days, 24/7, 50 % of 1,200 cases",
    "Dear All",
    "Two men, May to September they drown. In April and May too; in March, May and June it rains.",
    "Mr A's second drive, Mrs AA and Dr. B",
]


@pytest.mark.parametrize(("kind", "text", "value"), FOUND)
def test_personal_data_is_found(kind: str, text: str, value: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find_personal(text)] == [(kind, value)]
    masked = mask(text)
    assert value not in masked.text
    assert f"[{kind}_1]" in masked.text
    assert masked.restore(masked.text) == text
    assert masked.in_words() == f"masked before sending: 1 {kind}"


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_name_that_is_a_word_too_is_masked_where_it_begins_a_sentence_and_is_shown_elsewhere() -> None:
    text = "May did the ledger, and then May calls. May you call her? In May she is away. May's desk is full."
    masked = mask(text)
    hidden = "[NAME_1] did the ledger, and then [NAME_1] calls. May you call her? In May she is away. [NAME_1]'s desk"
    assert masked.text == f"{hidden} is full."
    assert masked.restore("TASK NAME_1: call. [NAME_1] may call.") == "TASK May: call. May may call."


def test_the_same_value_keeps_its_placeholder_and_two_stay_two() -> None:
    masked = mask("Petra tells Jonas. Jonas calls Petra, a@x.org or b@x.org.")
    assert masked.text == "[NAME_1] tells [NAME_2]. [NAME_2] calls [NAME_1], [EMAIL_1] or [EMAIL_2]."


def test_a_text_that_holds_placeholders_already_gets_others() -> None:
    text = "[EMAIL_1] is not a@x.org"
    masked = mask(text)
    assert masked.text == "[EMAIL_1] is not [X_EMAIL_1]"
    assert masked.restore(masked.text) == text
    assert masked.in_words() == "masked before sending: 1 EMAIL"


def test_a_placeholder_without_its_brackets_is_put_back_too() -> None:
    masked = mask("Petra checks")
    assert (
        masked.restore("TASK NAME_1: check, [NAME_1], NAME_10, XNAME_1") == "TASK Petra: check, Petra, NAME_10, XNAME_1"
    )


def test_a_name_shown_elsewhere_is_masked_in_small_letters_and_with_its_owner_s_mark() -> None:
    assert mask("Petra packs. ask petra, it's Klaus' job").text == "[NAME_1] packs. ask [NAME_1], it's [NAME_2]' job"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aA1 @.+-()\n[]_EMAILP"), max_size=200))
def test_what_is_masked_comes_back_to_the_letter(text: str) -> None:
    masked = mask(text)
    assert masked.restore(masked.text) == text


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "+1", "a@", "A", "Anna ", "DE89", "(0", "12 Ab ", "4111 "])
def test_no_text_makes_it_slow(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begun = time.process_time()
    mask(text)
    assert time.process_time() - begun < 3  # seconds; a quadratic search would take far longer


def test_may_and_will_before_a_name_may_ask() -> None:
    assert (
        mask("May Petra teach from Monday? Will Petra come?").text
        == "May [NAME_1] teach from Monday? Will [NAME_1] come?"
    )
    assert mask("May Wels teaches.").text == "[NAME_1] teaches."


def test_a_rare_given_name_that_is_greeted_is_masked_everywhere_and_kept_as_it_is() -> None:
    text = "Dear Ottoline,\n\non Monday you sit on my chair. Ottoline signs the loan."
    assert mask(text).text.count("[NAME_1]") == 2
    assert instead(text, kept_words(text)) == text
    assert instead("Dear Mr Quist,", kept_words("Dear Mr Quist,")) == "Dear Mr Q,"


def test_a_value_keeps_its_placeholder_in_all_texts_of_a_run() -> None:
    run = Run()
    story = run.mask("Petra packs the crate and Klaus drives it. Ask petra: 5550147 is no number, a@b.example is one.")
    assert story.text.startswith("[NAME_1] packs the crate and [NAME_2] drives it. Ask [NAME_1]")
    part = run.mask("Klaus waits. Hanna and Petra write to c@d.example or a@b.example.")
    assert part.text == "[NAME_2] waits. [NAME_3] and [NAME_1] write to [EMAIL_2] or [EMAIL_1]."
    assert part.restore("[NAME_1] asks NAME_2") == "Petra asks Klaus"
    assert Run().mask("Klaus waits.").text == "[NAME_1] waits."


def test_what_one_text_of_a_run_shows_to_be_a_name_is_one_in_the_next() -> None:
    run = Run()
    assert run.mask("Dear Ottoline, the slip lies there. Then Mark packs.").text.startswith("Dear [NAME_1],")
    again = run.mask("TASK Ottoline: sign slip. Mark the box, Ottolines are rare.")
    assert again.text == "TASK [NAME_1]: sign slip. Mark the box, Ottolines are rare."


def test_a_text_that_holds_a_placeholder_itself_gets_others_and_a_long_run_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Run()
    assert run.mask("Petra packs.").text == "[NAME_1] packs."
    odd = run.mask("Petra packs [NAME_1].")
    assert odd.text == "[X_NAME_1] packs [NAME_1]."
    assert odd.restore(odd.text) == "Petra packs [NAME_1]."
    monkeypatch.setattr("assistant.gateway.redact.MOST_REMEMBERED", 1)
    assert run.mask("Klaus packs.").text == "[NAME_1] packs."
