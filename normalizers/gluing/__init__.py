"""Tables whose cell borders are lost: cut where one cut survives, or refused with a reason."""
