package io.pulsehook.alerts;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.pulsehook.alerts.Alarm.Kind;
import io.pulsehook.alerts.Alarm.Subject;

/**
 * Notices accounts whose login is refused, and tells of each once until it is accepted
 * again. Used by one thread.
 */
final class LoginWatch {

	private final Supplier<Map<String, Instant>> refused;

	private final Digest digest;

	private final Map<String, Instant> told = new HashMap<>();

	/**
	 * Creates a watch.
	 * @param refused tells since when the login of which account is refused
	 * @param digest takes the alarms
	 */
	LoginWatch(Supplier<Map<String, Instant>> refused, Digest digest) {
		this.refused = refused;
		this.digest = digest;
	}

	void look() {
		Map<String, Instant> refused = this.refused.get();
		this.told.keySet().removeIf((account) -> {
			boolean accepted = !refused.containsKey(account);
			if (accepted) {
				this.digest.withdraw(new Subject(Kind.LOGIN, account));
			}
			return accepted;
		});
		refused.forEach((account, since) -> {
			if (this.told.putIfAbsent(account, since) == null) {
				this.digest.add(Alarm.login(account, since));
			}
		});
	}

}
