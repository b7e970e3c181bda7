package io.pulsehook.sendpulse.http;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Gets tokens by logging in. One token serves all threads: the first one that needs it
 * logs in, and the others wait for it and share what comes of it, a failure too.
 */
public final class LoginTokens implements Tokens {

	/**
	 * How long before its end a token is used no more, so that none ends on its way.
	 */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private final Supplier<AccessToken> login;

	private final LongSupplier nanoTime;

	private @Nullable CompletableFuture<Usable> latest;

	/**
	 * Creates tokens; nobody logs in before the first one is needed.
	 * @param login logs in, and throws if that fails
	 * @param nanoTime tells the time as {@link System#nanoTime()} does
	 */
	public LoginTokens(Supplier<AccessToken> login, LongSupplier nanoTime) {
		this.login = login;
		this.nanoTime = nanoTime;
	}

	@Override
	public String current() {
		return get(null);
	}

	@Override
	public String insteadOf(String refused) {
		return get(refused);
	}

	private String get(@Nullable String refused) {
		while (true) {
			CompletableFuture<Usable> mine = new CompletableFuture<>();
			CompletableFuture<Usable> latest = latest(refused, mine);
			if (latest == mine) {
				return login(mine);
			}
			// Who was interrupted while it logged in has failed alone: another one logs
			// in.
			String token = await(latest);
			if (token != null) {
				return token;
			}
		}
	}

	private synchronized CompletableFuture<Usable> latest(@Nullable String refused, CompletableFuture<Usable> next) {
		CompletableFuture<Usable> latest = this.latest;
		if (latest == null || isOver(latest, refused)) {
			latest = next;
			this.latest = next;
		}
		return latest;
	}

	private boolean isOver(CompletableFuture<Usable> latest, @Nullable String refused) {
		if (!latest.isDone()) {
			return false;
		}
		if (latest.isCompletedExceptionally()) {
			return true;
		}
		Usable usable = latest.join();
		return usable.token().equals(refused) || this.nanoTime.getAsLong() - usable.until() >= 0;
	}

	private String login(CompletableFuture<Usable> result) {
		try {
			long asked = this.nanoTime.getAsLong();
			AccessToken token = this.login.get();
			result.complete(new Usable(token.value(), asked + usable(token.lifetime()).toNanos()));
			return token.value();
		}
		catch (RuntimeException | Error ex) {
			if (Thread.currentThread().isInterrupted()) {
				result.cancel(false);
			}
			else {
				result.completeExceptionally(ex);
			}
			throw ex;
		}
	}

	// A token that lives for less than two margins is used for half of its life.
	private static Duration usable(Duration lifetime) {
		Duration half = lifetime.dividedBy(2);
		return (half.compareTo(MARGIN) < 0) ? half : lifetime.minus(MARGIN);
	}

	/** Returns the token of a login, or {@code null} if its thread was interrupted. */
	private static @Nullable String await(CompletableFuture<Usable> latest) {
		try {
			return latest.get().token();
		}
		catch (CancellationException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException("The handler was interrupted while it waited for a login to SendPulse.");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
		}
	}

	private record Usable(String token, long until) {

	}

}
