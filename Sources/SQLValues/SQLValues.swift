// SQLValues
