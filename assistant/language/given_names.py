"""Common given names, the way to notice a person in a text without a model. Names that are also words need a surname."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    aaron adam adrian agnes ahmed aisha alan albert alejandro alex alexander alexandra alfred ali alice alicia alina
    alison amanda amelia amir amy ana andrea andreas andrew angela anita ann anna anne annette anthony antonio anya
    arthur astrid barbara beate beatrice ben benjamin bernard bernd beth bettina bill birgit bob boris brenda brian
    bridget bruno camille carl carla carlos carmen carol caroline catherine cecilia charles charlotte chen chris
    christa christian christina christine christoph christopher claire clara claudia claus colin cora craig cynthia
    daniel daniela dave david dean deborah denise dennis derek diana diego dieter dirk dmitri dominic don donald donna
    dorothy doug douglas drew edith eduardo edward elena eleanor elisabeth elizabeth ella ellen emily emma eric erik
    erika ernst esther eva eve evelyn fatima felix fernando fiona florian frances francesca francis francisco frank
    franz fred frederick friedrich gabriel gabriela gary geoffrey george gerald gerhard gina giovanni giulia gloria
    grace graham grant greg gregory guido gunther hannah hans harald harold harry hassan heather heidi heike heinz
    helen helena helga henry hiroshi holger hope howard hugo ian ibrahim ines ingrid irene iris isabel isabella ivan
    jack jacob jacqueline jakob james jamie jan jane janet jason javier jean jeff jeffrey jennifer jenny jens jeremy
    jessica jill jim joachim joan joanna joe johan johanna johannes john jonas jonathan jordan jorge jose josef joseph
    joshua joy juan judith judy julia julian julie juliet jurgen justin karen karin karl karla kate katharina katherine
    kathleen kathrin kathy katja keith kelly ken kenneth kerstin kevin kim klaus kristin kumar kurt kyle larry lars
    laura lauren laurence lea leah lee lena leo leon leonard leonie li liam lily linda lisa liz lorenzo louis louise
    luca lucas lucia lucy luis luke lukas lydia madeleine maggie manfred manuel manuela marc marcel marco marcus
    margaret maria marianne marie marina mario marion mark markus marta martha martin martina mary mathias matt matthew
    matthias max maxim maya megan mehmet melanie melissa mia michael michaela michel michelle miguel mike mila mohamed
    mohammed molly monica monika nadia nadine nancy naomi natalia natalie nathan neil nicholas nick nicole nikita nina
    nora norbert norma olaf oleg olga oliver olivia omar oscar otto pablo pamela pat patricia patrick paul paula
    pauline pedro penny pete peter petra phil philip philipp pierre priya rachel raj ralf ralph ramona raphael raul
    raymond rebecca regina renate rene rich richard rita rob robert roberto robin roger roland rolf ron ronald rosa
    rose roy rudolf ruth ryan sabine sally sam samantha samir samuel sandra sara sarah scott sean sebastian sergei
    sharon shirley silke silvia simon simone sofia sonja sophia sophie stefan stefanie steffen stella stephan stephanie
    stephen steve steven stuart sue susan susanne suzanne sven svenja sylvia tanja tara ted teresa terry theo theresa
    thomas thorsten tim timothy tina tobias tom tony torsten ulrich ulrike ursula uwe valentina valerie vanessa vera
    veronica victor victoria viktor vincent violet virginia vladimir walter wanda wendy werner wilhelm will william
    wolfgang xavier yasmin yuki yusuf yvonne zoe
    """.split()
)

ALSO_WORDS = frozenset(
    """
    bill bob carol chen chase dean don drew eve frank grace grant hope iris jack jean jordan joy ken kim lee li lily
    mark max maxim may miles norma pat penny rich rob robin rose roy sue ted tara stella violet virginia vera will
    cora
    """.split()
)
