package document

import (
	"fmt"
	"strings"

	"gradin/server/term"
)

// The letters to the organiser himself: an alert about take-backs, and a
// take-back that waits for a second person (TB-7).

// said is what a letter about a matter says in one language.
type said struct{ headline, intro, note, button string }

// matterView words a letter to the organiser.
func matterView(in Input, w words) View {
	m := Matter{}
	if in.Matter != nil {
		m = *in.Matter
	}
	if m.Sponsor == "" {
		m.Sponsor = in.Organisation
	}
	s := w.matter(in.Class, m)
	v := View{
		Language: in.Language, Tag: strings.ToLower(string(in.Language)), Organisation: in.Organisation, Giver: in.Giver, Link: in.Link,
		Greeting: w.greeting(""), Headline: s.headline, Intro: s.intro, Note: s.note, Button: s.button, Footer: w.footer(in.Organisation),
		Count: m.Waiting,
	}
	if in.Class == term.DocumentClassTakeBackAlert {
		g := Group{Title: m.Performance, Subtitle: m.Product, Lines: []string{fmt.Sprintf("%s: %d / %d", m.Sponsor, m.Recovered, m.Distributed)}}
		if g.Title == "" {
			g.Title, g.Subtitle = m.Product, ""
		}
		if m.Ticket != 0 {
			v.Count, g.Lines = 1, []string{join(" · ", w.number(m.Ticket), m.Sponsor)}
		}
		v.Groups = []Group{g}
	}
	return v
}

// because is a reason as a sentence before others; empty without one.
func because(format, reason string) string {
	if reason == "" {
		return ""
	}
	return fmt.Sprintf(format, reason) + " "
}

func englishMatter(class term.DocumentClass, m Matter) said {
	tickets := counted("ticket", "tickets")
	if class == term.DocumentClassApprovalAwaited {
		return said{
			headline: fmt.Sprintf("Waits for a second person: take-back of %s of %s", tickets(m.Waiting), m.Sponsor),
			intro:    fmt.Sprintf("%s wants to take back %s that guests of %s have fetched. Somebody else has to approve or refuse it.", m.By, tickets(m.Waiting), m.Sponsor),
			note:     because("The reason given: “%s”.", m.Reason) + fmt.Sprintf("Until then, nothing moves in execution %d.", m.Run), button: "Look at the execution",
		}
	}
	s := said{note: "You are told of each threshold once. Write down in the back office what you found; the thresholds are set there, too.", button: "Look at the alerts"}
	if m.Ticket != 0 {
		s.headline = fmt.Sprintf("Alert: ticket %d of %s was taken back %d times", m.Ticket, m.Sponsor, m.Recovered)
		s.intro = fmt.Sprintf("Ticket %d of %s was taken back %d times after its guests had fetched it: more often than %d.", m.Ticket, m.Sponsor, m.Recovered, m.Threshold)
		return s
	}
	s.headline = fmt.Sprintf("Alert: %s takes back more than %d%% of its tickets", m.Sponsor, m.Threshold)
	s.intro = fmt.Sprintf("%s has taken back %d of %d distributed tickets after their guests had fetched them: more than %d%%.", m.Sponsor, m.Recovered, m.Distributed, m.Threshold)
	return s
}

func frenchMatter(class term.DocumentClass, m Matter) said {
	tickets := counted("billet", "billets")
	if class == term.DocumentClassApprovalAwaited {
		fetched := "que des invités de %s ont déjà récupérés"
		if m.Waiting == 1 {
			fetched = "qu’un invité de %s a déjà récupéré"
		}
		return said{
			headline: fmt.Sprintf("En attente d’une deuxième personne : reprise de %s de %s", tickets(m.Waiting), m.Sponsor),
			intro:    fmt.Sprintf("%s veut reprendre %s "+fetched+". Une autre personne doit l’approuver ou le refuser.", m.By, tickets(m.Waiting), m.Sponsor),
			note:     because("Motif donné : « %s ».", m.Reason) + fmt.Sprintf("D’ici là, rien ne bouge dans l’exécution %d.", m.Run), button: "Voir l’exécution",
		}
	}
	s := said{note: "Chaque seuil n’est signalé qu’une fois. Notez dans le back-office ce que vous avez constaté ; les seuils s’y règlent aussi.", button: "Voir les alertes"}
	if m.Ticket != 0 {
		s.headline = fmt.Sprintf("Alerte : billet %d de %s repris %d fois", m.Ticket, m.Sponsor, m.Recovered)
		s.intro = fmt.Sprintf("Le billet %d de %s a été repris %d fois après avoir été récupéré par ses invités : plus de %d fois.", m.Ticket, m.Sponsor, m.Recovered, m.Threshold)
		return s
	}
	s.headline = fmt.Sprintf("Alerte : %s reprend plus de %d %% de ses billets", m.Sponsor, m.Threshold)
	s.intro = fmt.Sprintf("%s a repris %d des %d billets distribués, après que leurs invités les avaient récupérés : plus de %d %%.", m.Sponsor, m.Recovered, m.Distributed, m.Threshold)
	return s
}

func germanMatter(class term.DocumentClass, m Matter) said {
	tickets := counted("Ticket", "Tickets")
	if class == term.DocumentClassApprovalAwaited {
		fetched := "die Gäste von %s schon abgeholt haben"
		if m.Waiting == 1 {
			fetched = "das ein Gast von %s schon abgeholt hat"
		}
		return said{
			headline: fmt.Sprintf("Wartet auf eine zweite Person: Rücknahme von %s von %s", tickets(m.Waiting), m.Sponsor),
			intro:    fmt.Sprintf("%s möchte %s zurücknehmen, "+fetched+". Jemand anderes muss das freigeben oder ablehnen.", m.By, tickets(m.Waiting), m.Sponsor),
			note:     because("Angegebener Grund: „%s“.", m.Reason) + fmt.Sprintf("Bis dahin bewegt sich in der Ausführung %d nichts.", m.Run), button: "Ausführung ansehen",
		}
	}
	s := said{note: "Jede Schwelle wird einmal gemeldet. Notieren Sie im Backoffice, was Sie herausgefunden haben; dort stellen Sie auch die Schwellen ein.", button: "Warnungen ansehen"}
	if m.Ticket != 0 {
		s.headline = fmt.Sprintf("Warnung: Ticket %d von %s wurde %d-mal zurückgenommen", m.Ticket, m.Sponsor, m.Recovered)
		s.intro = fmt.Sprintf("Das Ticket %d von %s wurde %d-mal zurückgenommen, nachdem seine Gäste es abgeholt hatten: öfter als %d-mal.", m.Ticket, m.Sponsor, m.Recovered, m.Threshold)
		return s
	}
	s.headline = fmt.Sprintf("Warnung: %s nimmt mehr als %d %% der Tickets zurück", m.Sponsor, m.Threshold)
	s.intro = fmt.Sprintf("%s hat %d von %d verteilten Tickets zurückgenommen, nachdem ihre Gäste sie abgeholt hatten: mehr als %d %%.", m.Sponsor, m.Recovered, m.Distributed, m.Threshold)
	return s
}
