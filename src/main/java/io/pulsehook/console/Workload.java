package io.pulsehook.console;

import java.util.List;

import io.pulsehook.inbox.query.Backlog;
import io.pulsehook.inbox.query.Backlog.Dead;
import io.pulsehook.inbox.query.Backlog.Unfinished;
import io.pulsehook.inbox.query.HandlerScores;
import io.pulsehook.inbox.query.HandlerScores.Score;

/**
 * What each handler has before it, has given up, and has done of late.
 */
final class Workload {

	private final Backlog backlog;

	private final HandlerScores scores;

	Workload(Backlog backlog, HandlerScores scores) {
		this.backlog = backlog;
		this.scores = scores;
	}

	List<Unfinished> unfinished() {
		return this.backlog.unfinished();
	}

	List<Dead> dead() {
		return this.backlog.dead();
	}

	/**
	 * How many deliveries are dead.
	 * @return their number, of all handlers
	 */
	long deadLetters() {
		return dead().stream().mapToLong(Dead::deliveries).sum();
	}

	List<Score> scores() {
		return this.scores.list();
	}

}
