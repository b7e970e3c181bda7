package io.pulsehook.receive;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A body that had not fully arrived when its request was served. It is read without
 * blocking as it arrives, because a blocking read has no deadline: a sender that stalls
 * would hold a thread until the container's own timeout, and then get the container's
 * error page.
 */
final class SlowBody implements ReadListener, AsyncListener, WaitingRoom.Guest {

	private static final Log logger = LogFactory.getLog(SlowBody.class);

	private final AsyncContext async;

	private final ServletInputStream in;

	private final BodyBuffer body;

	private final Function<byte[], Answer> answering;

	private final Consumer<Answer> sender;

	private final WaitingRoom room;

	private final AtomicBoolean answered = new AtomicBoolean();

	private final AtomicBoolean completed = new AtomicBoolean();

	/**
	 * Creates the body.
	 * @param async the request, in asynchronous mode
	 * @param body the part of the body that has been read
	 * @param answering gives the answer once the body is complete
	 * @param sender sends the answer
	 * @param room limits how many bodies wait for their senders at a time
	 * @throws IOException if the body cannot be read
	 */
	SlowBody(AsyncContext async, BodyBuffer body, Function<byte[], Answer> answering, Consumer<Answer> sender,
			WaitingRoom room) throws IOException {
		this.async = async;
		this.in = async.getRequest().getInputStream();
		this.body = body;
		this.answering = answering;
		this.sender = sender;
		this.room = room;
	}

	void read(Duration timeout) {
		this.async.setTimeout(timeout.toMillis());
		this.async.addListener(this);
		this.in.setReadListener(this);
		this.room.enter(this);
	}

	@Override
	public void onDataAvailable() throws IOException {
		boolean more = true;
		while (more && this.in.isReady()) {
			more = this.body.readFrom(this.in);
		}
	}

	@Override
	public void onAllDataRead() {
		// If the place is gone already, another thread is answering that there was no
		// room.
		if (this.room.leave(this)) {
			end(answer());
		}
	}

	// Returns the answer to a body that has been dropped, whether or not its rest
	// arrives, or null if it has not been dropped.
	private @Nullable Answer refusal() {
		if (this.body.isTooLarge()) {
			return Answers.TOO_LARGE;
		}
		return this.body.isUnaffordable() ? Answers.CROWDED : null;
	}

	private Answer answer() {
		Answer refusal = refusal();
		if (refusal != null) {
			return refusal;
		}
		return this.body.isShort() ? Answers.ABORTED : this.answering.apply(this.body.toBytes());
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		Answer refusal = refusal();
		end((refusal != null) ? refusal : Answers.TIMEOUT);
	}

	/**
	 * Sends the answer at once, because Tomcat closes the connection before the error
	 * event that follows. Only that event ends the request: if it ended here, Tomcat
	 * would take it for unanswered and send the application's error page.
	 */
	@Override
	public void onError(Throwable thrown) {
		this.room.leave(this);
		if (this.answered.compareAndSet(false, true)) {
			this.sender.accept(answerTo(thrown));
			flush();
		}
	}

	private void flush() {
		try {
			this.async.getResponse().flushBuffer();
		}
		catch (IOException ex) {
			logger.debug("A client left before it was answered");
		}
	}

	@Override
	public void onError(AsyncEvent event) {
		this.room.leave(this);
		if (this.answered.compareAndSet(false, true)) {
			this.sender.accept(answerTo(event.getThrowable()));
		}
		complete();
	}

	private void complete() {
		if (this.completed.compareAndSet(false, true)) {
			this.async.complete();
		}
	}

	private static Answer answerTo(Throwable thrown) {
		if (thrown instanceof SocketTimeoutException) {
			return Answers.TIMEOUT;
		}
		return (thrown instanceof IOException) ? Answers.ABORTED : Answers.failed(thrown);
	}

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

	@Override
	public void makeRoom() {
		end(Answers.CROWDED);
	}

	private void end(Answer answer) {
		this.room.leave(this);
		if (this.answered.compareAndSet(false, true)) {
			this.sender.accept(answer);
			complete();
		}
	}

}
