package io.pulsehook.inbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.write.StepWrite;

/**
 * The steps of deliveries that handlers have finished, with their results.
 */
public final class FinishedSteps {

	private static final String OF_RUN = """
			select name, result from pulsehook_step where event_id = ? and handler = ? and run = ?
			""";

	private final Writer writer;

	private final JdbcClient jdbc;

	FinishedSteps(Writer writer, JdbcClient jdbc) {
		this.writer = writer;
		this.jdbc = jdbc;
	}

	/**
	 * Reads which steps the attempts of a delivery's run have finished.
	 * @param delivery a delivery that was taken
	 * @return the result of each step as JSON, by its name
	 * @throws org.springframework.dao.DataAccessException if the database cannot be read
	 */
	public Map<String, String> of(DueDelivery delivery) {
		return this.jdbc.sql(OF_RUN)
			.params(delivery.eventId(), delivery.handler(), delivery.run())
			.query((row, number) -> Map.entry(row.getString("name"), row.getString("result")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/**
	 * Records that the attempt at a delivery has finished a step, also through an outage.
	 * @param delivery a delivery that was taken
	 * @param name the step's name, at most once for each attempt
	 * @param result its result as JSON
	 * @return once it is on disk: whether it was accepted; {@code false} if the delivery
	 * has been erased or is another process's to run by now, so that the attempt's
	 * outcome will be refused too
	 */
	public CompletableFuture<Boolean> add(DueDelivery delivery, String name, String result) {
		return this.writer.submitSurely(new StepWrite(delivery, name, result));
	}

}
