package io.pulsehook.inbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.HandlerStates;
import io.pulsehook.inbox.write.PauseWrite;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * Knows the handlers that receive events, including those of other processes that use the
 * same database, and the state of each.
 */
public final class Subscribers {

	private final Subscriptions subscriptions;

	private final Writer writer;

	private final JdbcClient jdbc;

	Subscribers(Subscriptions subscriptions, Writer writer, JdbcClient jdbc) {
		this.subscriptions = subscriptions;
		this.writer = writer;
		this.jdbc = jdbc;
	}

	/**
	 * Lists the handlers of all processes that are alive.
	 * @return each handler once
	 */
	public List<Subscription> all() {
		return this.subscriptions.all();
	}

	/**
	 * Counts the processes that are alive and have handlers, as the last transaction of
	 * this process has seen them.
	 * @return the number, 1 at least, since this process counts
	 */
	public int replicas() {
		return Math.max(1, this.subscriptions.countRunners());
	}

	/**
	 * Reads the states of the handlers that there are and were.
	 * @return the state of each by its id
	 */
	public Map<String, HandlerState> states() {
		return this.jdbc.sql(HandlerStates.ALL)
			.query((row, number) -> Map.entry(row.getString("id"), HandlerStates.read(row)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/**
	 * Lists the handlers of all processes that take an event by its type.
	 * @param type the type that the event is stored as
	 * @param title its title
	 * @return each handler once, with the filters of the processes in which it takes that
	 * type
	 */
	public List<Subscription> to(String type, @Nullable String title) {
		return this.subscriptions.to(type, title);
	}

	/**
	 * Lists the handlers that are paused.
	 * @return their ids
	 */
	public Set<String> paused() {
		return states().entrySet()
			.stream()
			.filter((state) -> state.getValue().paused())
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * Stores whether a handler is paused. This holds for all processes and over restarts.
	 * @param handler the handler's id
	 * @param paused whether it is paused
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void setPaused(String handler, boolean paused) {
		this.writer.submitAndWait(new PauseWrite(handler, paused));
	}

}
