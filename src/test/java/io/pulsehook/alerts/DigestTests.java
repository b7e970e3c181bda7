package io.pulsehook.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DigestTests {

	private final Digest digest = new Digest(Duration.ofHours(1), Duration.ofMinutes(1));

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void tellsTheFirstOfASubjectSoon() {
		this.digest.add(dead("crm", 1));
		assertThat(next()).containsExactly(dead("crm", 1));
		assertThat(next()).isEmpty();
	}

	@Test
	void tellsAllThatFollowOnceAnHour() {
		this.digest.add(dead("crm", 1));
		next();
		for (int minute = 0; minute < 59; minute++) {
			this.now = this.now.plus(Duration.ofMinutes(1));
			this.digest.add(dead("crm", 2 + minute));
			assertThat(next()).isEmpty();
		}
		this.now = this.now.plus(Duration.ofMinutes(1));
		assertThat(next()).singleElement().satisfies((alarm) -> {
			assertThat(alarm.count()).isEqualTo(59);
			assertThat(alarm.eventId()).isEqualTo(60);
			assertThat(alarm.since()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
		});
		this.now = this.now.plus(Duration.ofHours(1));
		assertThat(next()).isEmpty();
	}

	@Test
	void makesNoStormOfManySubjects() {
		int posts = 0;
		for (int second = 0; second < 3600; second++) {
			this.digest.add(dead("handler" + second % 500, second));
			posts += next().isEmpty() ? 0 : 1;
			this.now = this.now.plusSeconds(1);
		}
		assertThat(posts).isEqualTo(1 + 9);
	}

	@Test
	void tellsOfAnotherSubjectAfterThePauseWithWhatHasGatheredMeanwhile() {
		this.digest.add(dead("crm", 1));
		next();
		this.digest.add(dead("crm", 2));
		this.digest.add(dead("mail", 3));
		assertThat(next()).isEmpty();
		this.now = this.now.plus(Duration.ofMinutes(1));
		assertThat(next()).extracting(Alarm::eventId).containsExactly(2L, 3L);
	}

	@Test
	void keepsTheLatestFiguresOfAState() {
		this.digest.add(Alarm.backlog("crm", this.now, 5));
		this.digest.add(Alarm.backlog("crm", this.now, 7));
		assertThat(next()).extracting(Alarm::count).containsExactly(7L);
	}

	@Test
	void doesNotTellOfWhatIsOver() {
		Alarm backlog = Alarm.backlog("crm", this.now, 5);
		this.digest.add(backlog);
		this.digest.withdraw(backlog.subject());
		assertThat(next()).isEmpty();
	}

	@Test
	void doesNotTellAgainAtOnceOfWhatComesAndGoes() {
		Alarm backlog = Alarm.backlog("crm", this.now, 5);
		this.digest.add(backlog);
		assertThat(next()).hasSize(1);
		this.digest.withdraw(backlog.subject());
		this.now = this.now.plus(Duration.ofMinutes(10));
		this.digest.add(backlog);
		assertThat(next()).isEmpty();
	}

	@Test
	void tellsAgainWhatCouldNotBeStored() {
		this.digest.add(dead("crm", 1));
		List<Alarm> alarms = next();
		this.digest.add(dead("crm", 2));
		this.digest.giveBack(alarms);
		assertThat(next()).isEmpty();
		this.now = this.now.plus(Duration.ofMinutes(1));
		assertThat(next()).singleElement().satisfies((alarm) -> {
			assertThat(alarm.count()).isEqualTo(2);
			assertThat(alarm.eventId()).isEqualTo(2);
		});
	}

	private List<Alarm> next() {
		return this.digest.next(this.now);
	}

	private Alarm dead(String handler, long event) {
		return Alarm.dead(handler, "PaymentOrder", event, "java.io.IOException", this.now);
	}

}
