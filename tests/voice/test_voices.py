"""Which words of a sentence are whose: a table of sentences with the expected voices marked in the text.

``[[attributed]]``, ``{{quoted}}``, ``<<scare>>``; all else is the outlet itself: cues, speakers and marks included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

MARKUP = {"[[": "attributed", "{{": "quoted", "<<": "scare"}
PATTERN = re.compile(r"(\[\[|\{\{|<<)(.*?)(\]\]|\}\}|>>)", re.S)

OWN = [
    "The rebels left the city on Monday.",
    "They have agreed to fight the fires jointly.",
    "The council decided to close the camp.",
    "The general refused to negotiate with the rebels.",
    "The company managed to free the hostages.",
    "Hamas claimed responsibility for the attack.",
    "The state media showed the ruins of the town.",
    "The United States sent troops to the border.",
    "The rebels' leader left. The voters' choice was clear.",
    "He condemned the attack.",
    "The president did not mention the rebels.",
    "The news conference began late.",
    "In a statement, the army.",
    "Voters go to the polls on Tuesday.",
    "The suspected informants were shot.",
    "He added two seats to the council.",
    "The call came from the camp.",
    "She told jokes in the '90s.",
]

ATTRIBUTED = [
    # saying
    "The minister said [[that the rebels had left]].",
    "The minister said [[the rebels had left]].",
    "The group said [[it would fight on]].",
    "The group says [[it will fight on]].",
    "The army has said [[that the militants fled]].",
    "The army also said [[that the militants fled]].",
    "He later said [[the camp was empty]].",
    "The envoy told reporters [[that the talks would resume]].",
    "The envoy told reporters in Geneva on Monday [[that the talks would resume]].",
    "She told him [[the war was over]].",
    "The ministry said in a statement [[that the militants had fled]].",
    "The ministry said on Tuesday [[the strike had killed ten militants]].",
    "The ministry said Tuesday [[it had closed the border]].",
    "Officials confirmed [[that the rebels were dead]].",
    "The army claims [[the rebels used the school]].",
    "Activists reported [[that the regime had shelled the town]].",
    "He denied [[that the army had shelled the town]].",
    "The envoy pointed out [[that the truce was broken]].",
    "The envoy made clear [[that the truce was broken]].",
    "The commander believes, for example, [[that the rebels will return]].",
    "The mayor said on television, where he is a guest, [[that the rebels should leave]].",
    # thought, hope, fear, demand
    "The commander believes [[the militants will return to the town]].",
    "Many think [[that the regime will fall]].",
    "The farmers assembled in the square hope [[that the rain will come]].",
    "Residents fear [[that the shelling will resume]].",
    "They fear [[the regime will return]].",
    "The president demanded [[that the rebels lay down their arms]].",
    "Hamas demands [[a lifting of the blockade]].",
    "Russia called for [[a nationwide ceasefire]].",
    "The mayor called on [[the strikers to leave the harbour]].",
    "The president wants [[to keep the militants away]].",
    "The rebels vowed [[to fight the regime]].",
    "The rebels vowed [[not to leave the town]].",
    "The rebels threatened [[to kill the captives]].",
    "IS warned of [[more attacks against the minority]].",
    "He warned [[that the militants would come back]].",
    "The speaker urged [[the rebels to accept the truce]].",
    "Turkey accused [[the Syrian regime of breaking the truce]].",
    "The UN wondered [[whether the rebels would stay]].",
    "Reporters asked [[why the army had fired]].",
    "He is confident [[that the truce will hold]].",
    "They are worried [[that the militants will return]].",
    "Families were afraid [[that the regime would return]].",
    # nobody named
    "It has been concluded [[that no pump can drain the mine]].",
    "It was said [[that the rebels had fled]].",
    "The militants are said [[to have fled the town]].",
    "He was told [[that the rebels had left]].",
    # participles
    "The mayor opened the fair, saying [[that the bridge was safe]].",
    "The mayor thanked them, stressing [[the need for order on the roads]].",
    "He left, adding [[that the regime was finished]].",
    "Declaring [[that the war was over]], the president left the hall.",
    "Asked [[whether the rebels would leave]], he smiled.",
    # nouns
    "The statement [[that the regime had fallen]] was false.",
    "The attack raised concerns [[that the rebels would return]].",
    "His claim [[that the rebels used gas]] was denied.",
    "Accusations of [[war crimes]] have followed the army.",
    "The fear is [[that the militants will return]].",
    "The question is [[whether the rebels will stay]].",
    # sources
    "According to the ministry, [[the militants shelled the town]].",
    "According to the port office of Norland [[the ships will be unloaded by Friday]].",
    "[[The militants shelled the town]], according to the ministry.",
    "[[The militants shelled the town]] according to the ministry.",
    "[[The truce]], according to the envoy, [[is dead]].",
    "In a poll, [[most voters were against the war]].",
    "As the minister said, [[the truce is dead]].",
    "[[The truce is dead]], as the minister said.",
    # behind the content and inside it
    "[[Not before spring will the union return to the table]], he said.",
    "[[The rebels have left the town]], the minister said on Monday.",
    "[[The rebels will leave soon]], the army claims.",
    "[[Talks will go on]], reports Bloomberg.",
    "[[The rebels were killed]], said Ann Lee, a doctor.",
    "[[The talks]], an official said, [[would go on despite the crisis]].",
    "[[Still]], he said, [[the rebels had to go]].",
    "[[Both sides agreed to a truce]], the ministry said.",
    # where content ends
    "Officials said [[the strike had killed ten militants]], while residents said [[it hit a school]].",
    "The minister said [[the plan was dead]], and the envoy agreed [[that it was]].",
    "The group, which said [[it was behind the attack]], is based in the north.",
    "When the president announced [[that the war was over]], the rebels laughed.",
    "The army said [[it had shelled the town]], adding [[that the militants had fled]].",
    "The envoy said [[the rebels must go]] and added [[that the regime must stay]].",
    # colons
    "The ministry said: [[Rebels have fled the town]].",
    "The governor added:\n[[The rebels are thieves. They burn what they find.]]\nThe army left.",
    "More background from the ministry:\n[[Rebels hold two towns. They fled the third.]]\nThe army left.",
    "Two officers wrote in a letter to the paper:\n[[The law is old. It should go.]]\nThe army left.",
    "LEE: [[We will go.]]\nMOORE: [[The rebels will stay.]]\nThe hall emptied.",
]

QUOTED = [
    "“{{The rebels left,}}” she said.",
    '"{{The rebels left,}}" she said.',
    "''{{The rebels left,}}'' she said.",
    "«{{The rebels left}}», she said.",
    "„{{The rebels left}}“, she said.",
    '“{{The rebels left,}}" she said.',
    "‘{{The rebels left,}}’ she said.",
    "“{{The rebels left. They burned the school,}}” said Ann Lee.",
    "“{{Who fired?}}” Ann Lee asked.",
    "The minister said: “{{No deal.}}”",
    "The minister said, “{{No deal.}}”",
    "“{{We go,}}” he said. “{{We stay,}}” she said.",
    "“{{The rebels,}}” he said, “{{are thieves.}}”",
    "“{{He called us “rebels” and left,}}” she said.",
    "“{{They said ‘never’ to me,}}” she said.",
    "“{{The rebels left.}}\n\n“{{They burned the school,}}” she said.\n\nThe army came.",
    "He said, “{{We will fight.}}\n\nThe army left.",
    'The hall is 5" wide. The rebels left.',
    "He called the rebels “{{terrorists}}” and left.",
    "The group is known as “{{the lions}}” in the north.",
    "“{{The rebels left the town in fear}}”, he said.",
    "[[The rebels were]] “{{running like dogs,}}” the minister said.",
    "The minister said [[the rebels were]] “{{running like dogs}}” [[in the hills]].",
    "The minister said [[that the]] “{{caliphate}}” [[had fallen]].",
    "‘{{We will fight,}}’ he said, ‘{{until the end.}}’",
    "The dogs' bark woke the town. ‘{{Fire!}}’ the guard shouted.",
    "“{{We left,}}” he said, adding [[that the rebels stayed]].",
    '"{{We left.}} " She smiled.',
    "“{{The rebels left,}}” Ann Lee, a doctor, told reporters on Monday.",
    "[[The town was]] “{{lost to us,}}” Ann Lee, a doctor, told reporters.",
    "“{{First.\n\nSecond.\n\nThird,}}” she said.",
]

SCARE = [
    "The so-called <<Islamic State>> seized the town.",
    "So-called <<safe zones>> were bombed.",
    "The so-called “<<safe zones>>” were bombed.",
    "The “<<safe zones>>” were bombed again on Monday.",
    'The army\'s "<<terrorists>>" are farmers.',
    "The show “Morning Street” ended.",
]

TITLES = [
    "Minister: [[Rebels will leave the town]]",
    "Video: Rebels leave the town",
    "Syria: Rebels leave the town",
    "[[Rebels will leave the town]], minister says",
    "Opposition says [[strikes are not hitting militants]]",
    "[[Rebels]] '{{used gas in raid}}', says France",
    "'{{We will fight on}}': rebels reject truce",
    "Ukraine accuses [[Russia of invasion]] as rebels advance",
    "Rebels leave the town as truce holds",
]


def read_markup(marked: str) -> tuple[str, list[tuple[str, str]]]:
    spans = [(MARKUP[m.group(1)], m.group(2)) for m in PATTERN.finditer(marked)]
    return PATTERN.sub(lambda m: m.group(2), marked), spans


def squash(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", OWN)
def test_the_outlet_itself_speaks(text: str, voices_of: Callable[..., list[Any]]) -> None:
    assert [(s.voice, s.text) for s in voices_of(text)] == []


@pytest.mark.parametrize("marked", ATTRIBUTED + QUOTED + SCARE)
def test_voices_of_a_sentence(marked: str, voices_of: Callable[..., list[Any]]) -> None:
    text, expected = read_markup(marked)
    found = [(s.voice, squash(s.text)) for s in voices_of(text)]
    assert found == [(voice, squash(words)) for voice, words in expected]


@pytest.mark.parametrize("marked", TITLES)
def test_voices_of_a_headline(marked: str, voices_of: Callable[..., list[Any]]) -> None:
    text, expected = read_markup(marked)
    assert [(s.voice, s.text) for s in voices_of(text, title=True)] == expected
