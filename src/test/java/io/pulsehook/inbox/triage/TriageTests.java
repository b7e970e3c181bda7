package io.pulsehook.inbox.triage;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.upkeep.RetentionPeriods;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is kept of decisions about dead letters, and for how long.
 */
class TriageTests extends StorageFixture {

	private static final GroupKey GROUP = GroupKey.of("h", "a.B: No contact …");

	private static final GroupKey OTHER = GroupKey.of("h", "a.C: Something else");

	@Test
	void keepsTheLastDecisionAboutAGroup() {
		triage().decide(GROUP, GroupState.ACKNOWLEDGED, "asked the CRM's people", "operator");
		this.clock.advance(Duration.ofMinutes(1));
		triage().decide(GROUP, GroupState.MUTED, null, null);
		triage().decide(OTHER, GroupState.ACKNOWLEDGED, null, null);
		assertThat(triage().decisions()).containsEntry(GROUP,
				new Decision(GroupState.MUTED, null, null, this.clock.instant()));
		assertThat(triage().muted()).containsExactly(GROUP);
		triage().reopen(GROUP);
		assertThat(triage().decisions()).containsOnlyKeys(OTHER);
	}

	@Test
	void findsTheGroupOfAnError() {
		assertThat(GroupKey.ofError("h", "a.B: No contact 17")).isEqualTo(GROUP);
		assertThat(GroupKey.ofError("other", "a.B: No contact 17")).isNotEqualTo(GROUP);
	}

	@Test
	void keepsNoTextOfTheErrorItself() {
		triage().decide(GroupKey.of("h", "a.B: No account for Ana Souza"), GroupState.MUTED, null, null);
		assertThat(this.database.number(this.directory,
				"select count(*) from pulsehook_dead_group where cast(error_hash as text) like '%Souza%'"))
			.isZero();
	}

	@Test
	void forgetsNotesThatMayNameAnErasedPersonAndKeepsTheDecisions() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1);
		this.deliveries.finish(1, "a.B: No contact 17", null);
		GroupKey naming = GroupKey.of("h", "a.D: …");
		GroupKey similar = GroupKey.of("h", "a.E: …");
		triage().decide(GROUP, GroupState.MUTED, "Ana Souza has moved", null);
		triage().decide(OTHER, GroupState.MUTED, "somebody else", null);
		triage().decide(naming, GroupState.MUTED, "see contact c.", null);
		triage().decide(similar, GroupState.MUTED, "see contact c2", null);
		this.storage.erasure().erase("c", (body) -> null);
		Map<GroupKey, Decision> left = triage().decisions();
		assertThat(left).hasSize(4);
		assertThat(left).extractingByKeys(GROUP, naming, OTHER, similar)
			.extracting(Decision::note)
			.containsExactly(null, null, "somebody else", "see contact c2");
	}

	@Test
	void forgetsNotesThatNameAPersonOfWhomNoEventIsKept() {
		triage().decide(GROUP, GroupState.MUTED, "see contact c", null);
		this.storage.erasure().erase("c", (body) -> null);
		assertThat(triage().decisions()).containsOnlyKeys(GROUP);
		assertThat(triage().decisions().values()).allSatisfy((decision) -> assertThat(decision.note()).isNull());
	}

	@Test
	void forgetsDecisionsWithTheDeadLetters() {
		RetentionPeriods periods = new RetentionPeriods(Duration.ofDays(1), Duration.ofDays(90));
		triage().decide(GROUP, GroupState.MUTED, null, null);
		this.clock.advance(Duration.ofDays(89));
		triage().decide(OTHER, GroupState.MUTED, null, null);
		assertThat(this.storage.upkeep().retention().deleteDecisions(periods)).isZero();
		this.clock.advance(Duration.ofDays(1));
		assertThat(this.storage.upkeep().retention().deleteDecisions(periods)).isEqualTo(1);
		assertThat(triage().decisions()).containsOnlyKeys(OTHER);
	}

	private Triage triage() {
		return this.storage.triage();
	}

}
