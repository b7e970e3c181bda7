package io.pulsehook.inbox.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.write.Session;

/**
 * Remembers which contacts were erased, by hashes of their ids alone, so that nobody
 * fetches their messages from SendPulse once more.
 */
public final class ErasedContacts {

	private static final String REMEMBER = """
			insert into pulsehook_erased (contact_hash, erased_at) values (?, ?)
			on conflict (contact_hash) do update set erased_at = excluded.erased_at
			""";

	private static final String DELETE_FOUND = """
			delete from pulsehook_missing where contact = ?
			""";

	private static final String FORGET = """
			delete from pulsehook_erased where erased_at <= ?
			""";

	private ErasedContacts() {
	}

	/**
	 * Remembers that a contact is erased, and deletes its messages that reconciliations
	 * have found. None is found from then on.
	 * @param session the transaction
	 * @param contact the contact's id, as it was sent
	 * @throws SQLException if the database fails
	 */
	public static void remember(Session session, String contact) throws SQLException {
		PreparedStatement remember = session.prepare(REMEMBER);
		remember.setBytes(1, hash(contact));
		remember.setLong(2, session.now().toEpochMilli());
		remember.executeUpdate();
		PreparedStatement delete = session.prepare(DELETE_FOUND);
		delete.setString(1, Columns.safe(contact));
		delete.executeUpdate();
	}

	/**
	 * Forgets the contacts that were erased before a time.
	 * @param session the transaction
	 * @param end the time; no reconciliation looks back so far
	 * @return how many were forgotten
	 * @throws SQLException if the database fails
	 */
	public static int forget(Session session, Instant end) throws SQLException {
		PreparedStatement statement = session.prepare(FORGET);
		statement.setLong(1, end.toEpochMilli());
		return statement.executeUpdate();
	}

	/**
	 * Hashes the id of a contact, so that it can be kept when the contact is erased.
	 * @param contact the contact's id, as it was sent
	 * @return its SHA-256
	 */
	public static byte[] hash(String contact) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(contact.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256.", ex);
		}
	}

}
