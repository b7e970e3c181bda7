package io.pulsehook.console.handlers;

import java.util.List;

import io.pulsehook.inbox.query.Backlog;
import io.pulsehook.inbox.query.Backlog.Dead;
import io.pulsehook.inbox.query.Backlog.Unfinished;
import io.pulsehook.inbox.query.HandlerScores;
import io.pulsehook.inbox.query.HandlerScores.Score;

/**
 * What each handler has before it, has given up, and has done of late.
 */
public final class Workload {

	private final Backlog backlog;

	private final HandlerScores scores;

	public Workload(Backlog backlog, HandlerScores scores) {
		this.backlog = backlog;
		this.scores = scores;
	}

	public List<Unfinished> unfinished() {
		return this.backlog.unfinished();
	}

	public List<Dead> dead() {
		return this.backlog.dead();
	}

	/**
	 * How many deliveries are dead.
	 * @return their number, of all handlers
	 */
	public long deadLetters() {
		return dead().stream().mapToLong(Dead::deliveries).sum();
	}

	public List<Score> scores() {
		return this.scores.list();
	}

}
