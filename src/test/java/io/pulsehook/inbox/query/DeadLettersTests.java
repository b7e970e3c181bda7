package io.pulsehook.inbox.query;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.query.Backlog.Dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests the groups of dead letters.
 */
class DeadLettersTests extends StorageFixture {

	@Test
	void groupsDeadLettersByHandlerAndError() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3);
		this.deliveries.finish(1, "a.B: No contact 17", null);
		this.clock.advance(Duration.ofMinutes(1));
		this.deliveries.finish(2, "a.B: No contact 18", null);
		this.deliveries.finish(3, "a.C: Something else", null);
		DeadLetters.Groups groups = this.storage.deadLetters().groups();
		assertThat(groups.complete()).isTrue();
		assertThat(groups.deliveries()).isEqualTo(3);
		assertThat(groups.groups()).extracting(DeadLetters.Group::error, DeadLetters.Group::deliveries)
			.containsExactly(tuple("a.B: No contact …", 2L), tuple("a.C: Something else", 1L));
		assertThat(groups.groups().get(0)).satisfies((group) -> {
			assertThat(group.example()).isEqualTo("a.B: No contact 18");
			assertThat(Duration.between(group.first(), group.last())).isEqualTo(Duration.ofMinutes(1));
		});
		assertThat(this.storage.backlog().dead()).containsExactly(new Dead("h", 3));
	}

}
