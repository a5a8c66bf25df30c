"""The pure core: facts, rules, cases and their life. No Flask, no database, no clock, no input or output.

The words, each with one meaning:

jurisdiction    Hong Kong or Shenzhen (Mainland rules apply in Shenzhen)
authority       a body that sets requirements or makes awards
qualification   a kind of award, licence, paper or degree in the catalogue
credential      one person's holding of a qualification
evidence        what supports a fact: a document, an official code, a referee's answer
dossier         the facts about one person on one day, each with its standing
target          what a person wants to be recognised for, in one jurisdiction
track           a pair of targets, one on each side
clause          one thing a target asks; a target is a tree of clauses
evaluation      the engine's frozen answer: a target, a dossier, a day, a rulebook release
outcome         met, not met, undetermined, not applicable
case            one application for recognition of one target
recommendation  an officer's opinion; the decision is the signed act of a second officer
recognition     what a positive decision grants: dated, suspendable, revocable
programme       what a provider offers: modules, cohorts (dated intakes with places), enrolments
share           a holder's consent for a purpose, a scope and a time, carried by a code
check           a look at a share; the holder sees it
"""
